/** The operator's API as the host uses it: leases, steps, outcomes, ciphertext ranges, log proofs. */
@NullMarked
package dev.parley.host.operator;

import org.jspecify.annotations.NullMarked;
