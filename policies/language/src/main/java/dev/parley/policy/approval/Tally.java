package dev.parley.policy.approval;

import dev.parley.protocol.room.PartyId;

/** How far one role of one party's quorum has come. */
public record Tally(PartyId party, String role, int needed, int given) {
    public boolean isReached() {
        return given >= needed;
    }
}
