/**
 * The parent-side agent: claims runs from the operator's API, launches an enclave for each, and carries bytes between
 * the enclave and the world. Nobody trusts it: it sees ciphertext and statements that others signed, and must never be
 * able to see more.
 */
@NullMarked
package dev.parley.host;

import org.jspecify.annotations.NullMarked;
