/**
 * The security module of one enclave: 32 registers, and evidence about them signed under the installation's root. Speaks
 * the CBOR of the NSM API over a socket ({@code docs/spec/enclave-channel.md} §4). Trusts the platform that made it and
 * nothing that the enclave sends; sees no data.
 */
@NullMarked
package dev.parley.simulator.securitymodule;

import org.jspecify.annotations.NullMarked;
