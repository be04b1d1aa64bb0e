/**
 * The folders of {@code docs/vectors/attestation}: evidence that a verifier must refuse, each wrong in one place, and
 * some that it must accept. Made here, under a root that everybody can sign with; for tests of verifiers alone.
 */
@NullMarked
package dev.parley.protocol.attestation.vectors;

import org.jspecify.annotations.NullMarked;
