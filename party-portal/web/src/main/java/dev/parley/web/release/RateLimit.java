package dev.parley.web.release;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token bucket for each address. Thread-safe; remembers a bounded number of addresses, the busiest last. */
final class RateLimit {
    private static final int MOST_ADDRESSES = 10_000;

    private final double perSecond;
    private final double burst;
    private final InstantSource time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    RateLimit(int perSecond, int burst, InstantSource time) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.time = time;
    }

    private record Bucket(double tokens, Instant at) {}

    /** Takes a token, if there is one. */
    synchronized boolean allows(String address) {
        var now = time.instant();
        var bucket = buckets.getOrDefault(address, new Bucket(burst, now));
        var seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        var tokens = Math.min(burst, bucket.tokens() + seconds * perSecond);
        buckets.put(address, new Bucket(tokens < 1 ? tokens : tokens - 1, now));
        return tokens >= 1;
    }
}
