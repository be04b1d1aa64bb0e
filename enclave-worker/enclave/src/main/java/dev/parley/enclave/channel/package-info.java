/**
 * The one door to the host ({@code docs/spec/enclave-channel.md}). The host is the adversary: whatever comes through is
 * bytes of a known shape and nothing more. Keys, rows and plain results must never be handed to this package.
 */
@NullMarked
package dev.parley.enclave.channel;

import org.jspecify.annotations.NullMarked;
