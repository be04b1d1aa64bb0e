/**
 * Launches enclaves on request and ends them with the connection that asked ({@code docs/spec/enclave-channel.md} §5).
 * Each gets a door, a security module and a user of its own. Trusts whoever may open the control socket to use the
 * machine, and with nothing that an enclave protects; never sees what goes through a door.
 */
@NullMarked
package dev.parley.simulator.hypervisor;

import org.jspecify.annotations.NullMarked;
