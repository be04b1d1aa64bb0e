package dev.parley.cli.result;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.receipt.VerifiedReceipt;
import java.util.Optional;

/** What a verified receipt says of the isolation of the enclave that ran ({@code docs/spec/isolation.md} §3). */
record IsolationNote(Optional<String> level, String text) {
    private static final String NOT_STATED = "NOT STATED";

    static IsolationNote of(VerifiedReceipt receipt) {
        var role = receipt.receipt().role();
        var level = role.flatMap(ParentRole::isolation);
        if (receipt.enclave().trustDomain() != TrustDomain.SIMULATED) {
            // The role is the customer's name there; the hardware isolates.
            return new IsolationNote(Optional.empty(), "of the trust domain");
        }
        if (role.filter(ParentRole::fullyIsolated).isPresent()) {
            return new IsolationNote(level, "full");
        }
        return new IsolationNote(
                level, level.map(missing -> "WEAKER: " + missing).orElse(NOT_STATED));
    }
}
