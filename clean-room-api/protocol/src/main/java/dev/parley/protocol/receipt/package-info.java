/**
 * The attested statement that comes with every result: what ran, under which policy, on which data, at which cost, and
 * the digest of every recipient's ciphertext ({@code docs/spec/receipt.md}). Never sees a result in the clear. A reader
 * trusts evidence under a pinned root and keys of the policy bundle, nothing else.
 */
@NullMarked
package dev.parley.protocol.receipt;

import org.jspecify.annotations.NullMarked;
