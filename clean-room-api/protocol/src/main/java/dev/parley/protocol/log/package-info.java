/**
 * The public, append-only record: RFC 6962 Merkle tree, its proofs, and signed-note checkpoints
 * ({@code docs/spec/log.md}). Trusts only hashes and the log's public key; entries hold identifiers and digests, never
 * data.
 */
@NullMarked
package dev.parley.protocol.log;

import org.jspecify.annotations.NullMarked;
