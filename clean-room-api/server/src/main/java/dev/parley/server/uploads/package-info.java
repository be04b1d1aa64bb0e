/**
 * Resumable uploads of ciphertext (tus 1.0 with creation, checksum and termination). The offset is what lies durable on
 * disk, one request at a time writes to an upload, and nothing counts before its Merkle digest is the manifest's.
 */
@NullMarked
package dev.parley.server.uploads;

import org.jspecify.annotations.NullMarked;
