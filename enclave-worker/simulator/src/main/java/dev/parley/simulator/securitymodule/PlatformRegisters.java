package dev.parley.simulator.securitymodule;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Optional;

/**
 * What the platform puts into an enclave's registers before it starts ({@code docs/spec/attestation.md} §4).
 *
 * @param measurement of the image, in PCR0 to PCR2
 * @param pcr8 of the certificate that signed the image; zero where it is not signed
 * @param role the name of the parent's role, whose extension is PCR3; without a role it is zero
 * @param instanceId of the parent instance, whose extension is PCR4
 */
public record PlatformRegisters(Measurement measurement, Sha384Digest pcr8, Optional<String> role, String instanceId) {
    private static final Measurement NOTHING = new Measurement(Pcrs.zero(), Pcrs.zero(), Pcrs.zero());

    public PlatformRegisters {
        requireNonNull(measurement);
        requireNonNull(pcr8);
        requireNonNull(role);
        requireNonNull(instanceId);
    }

    /** Of an image that nobody signed. */
    public static PlatformRegisters ofUnsigned(Measurement measurement, Optional<String> role, String instanceId) {
        return new PlatformRegisters(measurement, Pcrs.zero(), role, instanceId);
    }

    /** The same for an enclave that can be looked into: no program and no signer is vouched for. */
    public PlatformRegisters ofDebugMode() {
        return new PlatformRegisters(NOTHING, Pcrs.zero(), role, instanceId);
    }

    Sha384Digest pcr3() {
        return role.map(PlatformRegisters::extended).orElse(Pcrs.zero());
    }

    Sha384Digest pcr4() {
        return extended(instanceId);
    }

    private static Sha384Digest extended(String text) {
        return Pcrs.extend(Pcrs.zero(), Bytes.utf8(text));
    }
}
