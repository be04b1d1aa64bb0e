/**
 * What may leave: contribution bounds, thresholds and noise. Everything before the noise is deterministic; the noise is
 * drawn by exact integer samplers with work that does not depend on the draw, from a generator keyed with the seeds of
 * all brokers and the digest of the result before noise. Trusts its limits, which the policy checker decided. It sees
 * aggregates and never a row.
 */
@NullMarked
package dev.parley.enclave.privacy;

import org.jspecify.annotations.NullMarked;
