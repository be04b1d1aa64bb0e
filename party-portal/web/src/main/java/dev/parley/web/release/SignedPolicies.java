package dev.parley.web.release;

import dev.parley.protocol.room.RoomId;
import java.util.Optional;

/** What this party signed. */
public interface SignedPolicies {
    Optional<SignedPolicy> newest(RoomId room);
}
