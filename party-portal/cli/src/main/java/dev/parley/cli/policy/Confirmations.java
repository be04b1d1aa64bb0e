package dev.parley.cli.policy;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.room.PartyId;
import java.util.Map;

/**
 * A person's word that the root key of each other party is really theirs: compared out of band, and the first part of its
 * thumbprint given. Without this the operator could slip in keys of its own.
 */
final class Confirmations {
    private static final int PART = 8;

    private final Terminal terminal;
    private final Map<String, String> given;

    Confirmations(Terminal terminal, Map<String, String> given) {
        this.terminal = terminal;
        this.given = given;
    }

    void require(PolicyBundle bundle, PartyId own) throws Failure {
        for (var party : given.keySet()) {
            if (bundle.parties().stream().noneMatch(p -> p.id().value().equals(party))) {
                throw Failure.of(CliCode.PARTY_NOT_IN_POLICY, "--confirm names no party of this room: " + party);
            }
        }
        for (var party : bundle.parties()) {
            if (!party.id().equals(own)) {
                require(party);
            }
        }
    }

    private void require(Party party) throws Failure {
        var thumbprint = party.rootKey().thumbprint().print();
        terminal.note("root key of " + party.id() + " (" + party.name() + "): " + thumbprint);
        var part = given.get(party.id().value());
        if (part == null) {
            part = terminal.people()
                    .flatMap(people -> people.ask("  compare it with " + party.id()
                            + " by another way, then type its first " + PART + " characters: "))
                    .map(String::strip)
                    .orElseThrow(() -> Failure.of(
                            CliCode.CONFIRMATION_MISSING,
                            "compare the root key of " + party.id() + " out of band, then --confirm " + party.id()
                                    + "=FIRST" + PART));
        }
        if (part.length() < PART || !thumbprint.startsWith(part)) {
            throw Failure.of(
                    CliCode.CONFIRMATION_WRONG,
                    "what was confirmed is not the start of the root key of " + party.id() + " in this policy");
        }
    }
}
