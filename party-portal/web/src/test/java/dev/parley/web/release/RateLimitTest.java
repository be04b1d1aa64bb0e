package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final RateLimit limit = new RateLimit(2, 5, () -> now);

    @Test
    void allowsABurstAndThenSoManyASecond() {
        assertThat(allowed("a", 10)).isEqualTo(5);

        now = now.plus(Duration.ofSeconds(1));

        assertThat(allowed("a", 10)).isEqualTo(2);
        now = now.plus(Duration.ofHours(1));
        assertThat(allowed("a", 10)).isEqualTo(5);
    }

    @Test
    void countsEachAddressByItself() {
        allowed("a", 10);

        assertThat(allowed("b", 10)).isEqualTo(5);
    }

    @Test
    void givesNothingForAClockThatGoesBack() {
        allowed("a", 10);
        now = now.minus(Duration.ofDays(1));

        assertThat(limit.allows("a")).isFalse();
    }

    @Test
    void remembersTheBusyAmongManyAddresses() {
        allowed("busy", 10);
        for (var i = 0; i < 20_000; i++) {
            limit.allows("address " + i);
            limit.allows("busy");
        }

        assertThat(limit.allows("busy")).isFalse();
    }

    private long allowed(String address, int requests) {
        var allowed = 0L;
        for (var i = 0; i < requests; i++) {
            allowed += limit.allows(address) ? 1 : 0;
        }
        return allowed;
    }
}
