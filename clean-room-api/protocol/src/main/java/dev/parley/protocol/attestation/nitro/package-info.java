/**
 * How evidence is made, byte for byte as the security module of AWS makes it ({@code docs/spec/attestation.md} §5). For
 * platforms, tests and tools; verifiers read evidence through {@link dev.parley.protocol.attestation} alone. Holds no
 * key: whoever signs hands a function in.
 */
@NullMarked
package dev.parley.protocol.attestation.nitro;

import org.jspecify.annotations.NullMarked;
