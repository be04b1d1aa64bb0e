/**
 * Sealed datasets: signed manifests, version by version, and the ciphertext that belongs to them. Believes a manifest
 * only under a steward's key of the active bundle. Sees ciphertext, lengths and digests, never a key or a row.
 */
@NullMarked
package dev.parley.server.datasets;

import org.jspecify.annotations.NullMarked;
