package dev.parley.web.release;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.Challenge;
import java.time.Instant;
import java.util.Optional;

/** Challenges that wait for evidence. */
public interface OpenChallenges {
    void open(Challenge challenge, Instant expires);

    /** The challenge with this nonce, used up by this call: of many callers at once, one gets it. */
    Optional<Challenge> takeUp(Bytes nonce, Instant now);
}
