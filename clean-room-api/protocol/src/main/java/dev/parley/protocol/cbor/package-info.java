/**
 * The CBOR (RFC 8949) of evidence, of the security module and of the enclave's channel: a strict reader and a small
 * writer. One value has one spelling, but for the order of map keys, which is kept and not judged. Trusts nothing it
 * reads: lengths are checked against the bytes that are there before anything is allocated.
 */
@NullMarked
package dev.parley.protocol.cbor;

import org.jspecify.annotations.NullMarked;
