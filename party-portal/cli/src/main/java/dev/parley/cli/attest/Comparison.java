package dev.parley.cli.attest;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Attested;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What genuine evidence says, beside what a person expects ({@code docs/spec/attestation.md} §6.4). The registers are
 * recomputed from what goes into them.
 *
 * @param what the part of the document
 * @param expected what it was compared with, in words
 * @param proves what is known where both are equal
 */
record Comparison(String what, String expected, boolean equal, String proves) {
    Comparison {
        requireNonNull(what);
        requireNonNull(expected);
        requireNonNull(proves);
    }

    static Comparison role(Attested evidence, Optional<ParentRole> role) {
        return new Comparison(
                "PCR3",
                role.map(given -> "the role " + given.text()).orElse("no role"),
                evidence.pcrs().at(ParentRole.INDEX).equals(Optional.of(ParentRole.register(role))),
                role.flatMap(ParentRole::isolation)
                        .map(level -> "The platform enforced the isolation \"" + level + "\".")
                        .orElse("The enclave was launched by an instance in this role."));
    }

    static Comparison policy(Attested evidence, Sha384Digest digest) {
        return extended(evidence, 16, "policy", digest, "The enclave was bound to this policy and no other.");
    }

    static Comparison query(Attested evidence, Sha384Digest digest) {
        return extended(evidence, 17, "query", digest, "The enclave was bound to this query and no other.");
    }

    static Comparison measurement(Attested evidence, List<Measurement> accepted, String whose) {
        return new Comparison(
                "PCR0, PCR1, PCR2",
                "the measurement" + (accepted.size() == 1 ? "" : "s") + " of " + whose,
                accepted.contains(evidence.measurement()),
                "The enclave ran exactly this image.");
    }

    static Comparison signer(Attested evidence, Sha384Digest pcr8) {
        return new Comparison(
                "PCR8",
                "the image's signer",
                evidence.pcrs().at(8).equals(Optional.of(pcr8)),
                "The image was signed under this certificate.");
    }

    private static Comparison extended(
            Attested evidence, int register, String what, Sha384Digest digest, String proves) {
        var value = Pcrs.extend(Pcrs.zero(), digest.bytes());
        return new Comparison(
                "PCR" + register,
                "the " + what + " digest " + digest.hex().substring(0, 16) + "…",
                evidence.pcrs().at(register).equals(Optional.of(value)),
                proves);
    }

    Json.Obj json() {
        return Json.object()
                .put("what", what)
                .put("expected", expected)
                .put("equal", equal)
                .build();
    }
}
