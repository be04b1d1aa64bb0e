package dev.parley.policy.bundle;

import dev.parley.protocol.room.PartyId;
import java.util.Comparator;

/** The one order of sets of parties, so that a bundle has one spelling. */
final class PartyOrder {
    static final Comparator<PartyId> BY_NAME = Comparator.comparing(PartyId::value);

    private PartyOrder() {}
}
