package dev.parley.web.release;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Challenges that wait for evidence, as this broker signed them. */
public interface OpenChallenges {
    /** Keeps a challenge until it expires, and may forget those that have at {@code now}. */
    void open(Bytes nonce, Jws challenge, Instant expires, Instant now);

    /** The challenge with this nonce, used up by this call: of many callers at once, one gets it. */
    Optional<Jws> takeUp(Bytes nonce, Instant now);
}
