/**
 * What leaves: the aggregate sealed to each recipient, and the receipt that the security module attests
 * ({@code docs/spec/receipt.md}). Sees the released result, never rows; what it hands to the door is ciphertext and
 * public statements.
 */
@NullMarked
package dev.parley.enclave.release;

import org.jspecify.annotations.NullMarked;
