package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.wire.ChallengeRequest;
import dev.parley.web.testing.Api;
import dev.parley.web.testing.Portal;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.TestClock;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestKeys;
import dev.parley.web.testing.Wish;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that are large for the sake of the work that they make. */
@Tag("ATT-13")
@DisplayName("ATT-13: giant documents")
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class GiantDocumentAttackTest {
    private static final int MEGABYTE = 1 << 20;
    private static final Duration MOST = Duration.ofMillis(50);

    private final TestClock clock;

    GiantDocumentAttackTest(TestClock clock) {
        this.clock = clock;
    }

    @Test
    void refusesADocumentOfAMegabyteInLessThanFiftyMilliseconds() throws Exception {
        Portal.signRoom();
        var wish = Wish.reach(TestKeys.ROOM, 1_300);
        Portal.hold(wish.manifest(SampleTemplates.CUSTOMERS));
        var honest = prepare(wish);
        var giant = Prepares.evidence(
                        Bytes.copyOf(Arrays.copyOf(honest.evidence().toArray(), MEGABYTE)))
                .apply(honest)
                .print();

        // The quickest of many is what it costs: the first also compile the way, and any may wait for other processes.
        var quickest = LongStream.generate(() -> timed(giant)).limit(20).min().orElseThrow();

        assertThat(Duration.ofNanos(quickest)).isLessThan(MOST);
        // The document as it was is believed, and its challenge still open: only the binding is another.
        var other = Prepares.configuration(Json.object().build()).apply(honest);
        assertThat(post("prepare", other.print()).problem()).isEqualTo("422 BINDING_MISMATCH");
    }

    private static long timed(Bytes body) {
        var start = System.nanoTime();
        var answer = post("prepare", body);
        var time = System.nanoTime() - start;
        assertThat(answer.problem()).isEqualTo("413 EVIDENCE_REFUSED");
        assertThat(answer.text()).contains("TOO_LARGE");
        return time;
    }

    private PrepareRequest prepare(Wish wish) throws Exception {
        var asked = new ChallengeRequest(
                TestKeys.ROOM.bundle.room().value(), wish.signed().compact());
        var challenge = Jws.parse(post("challenges", asked.json().canonical()).text());
        return new TestEnclave(wish).prepare(challenge, clock.instant());
    }

    private static Api.Answer post(String question, Bytes body) {
        return Api.anonymous().post("/v1/release/" + question, Api.JSON, body);
    }
}
