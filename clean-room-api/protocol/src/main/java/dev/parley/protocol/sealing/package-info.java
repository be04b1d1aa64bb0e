/**
 * Sealed datasets: a table as columnar blocks, encrypted in chunks under a key that only the owner's broker releases, and
 * the manifest by which the owner signs what was sealed. Specified in {@code docs/spec/sealed-dataset.md}.
 *
 * <p>Trusts the key, the verified manifest and the JDK's AES-GCM, HMAC and SHA-2; nothing of a file, its header or its
 * length. What is read counts only once the whole ciphertext has been compared with the manifest.
 */
@NullMarked
package dev.parley.protocol.sealing;

import org.jspecify.annotations.NullMarked;
