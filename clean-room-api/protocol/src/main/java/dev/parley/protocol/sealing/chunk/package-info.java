/**
 * Chunked encryption: C2SP chunked-encryption v1 with AES-256-GCM and HKDF-Expand-SHA512, sealed as a stream, opened as a
 * stream or chunk by chunk in any order, and the Merkle leaves that name a ciphertext. Specified in
 * {@code docs/spec/sealed-dataset.md} §4.
 *
 * <p>Trusts its keys and the JDK's AES-GCM. Works on direct buffers: in a young JVM the array path is ten times slower.
 */
@NullMarked
package dev.parley.protocol.sealing.chunk;

import org.jspecify.annotations.NullMarked;
