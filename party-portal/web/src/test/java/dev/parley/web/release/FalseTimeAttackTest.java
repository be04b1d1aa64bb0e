package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The host's clock, and with it the platform's, is wrong; the broker judges by its own. */
@Tag("ATT-11")
@DisplayName("ATT-11: false time on the host")
class FalseTimeAttackTest {
    private final TestRun run = new TestRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPlatformWithTheRightTimeIsBelieved() throws Exception {
        assertThat(outcomeAt(run.wish(), Duration.ZERO)).isEqualTo("OK");
    }

    /** Leaves that the platform made at its own time, and documents with it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-P1D, EVIDENCE_REFUSED EXPIRED_CERTIFICATE",
        "P1D, EVIDENCE_REFUSED EXPIRED_CERTIFICATE",
        "-PT10M, EVIDENCE_REFUSED STALE",
        "PT10M, EVIDENCE_REFUSED EXPIRED_CERTIFICATE"
    })
    void refusesAPlatformThatLivesAtAnotherTime(Duration off, String outcome) throws Exception {
        assertThat(outcomeAt(run.wish(), off)).isEqualTo(outcome);
    }

    /** Certificates that are valid now, and a document that says it was made at another time. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-P1D", "P1D", "-PT3M", "PT3M"})
    void refusesADocumentOfAnotherTime(Duration off) throws Exception {
        var wish = run.wish();
        var challenge = run.retailer.broker.challenge(run.room.bundle.room(), wish.signed());
        var document =
                new TestEnclave(wish).prepare(challenge, run.retailer.now().plus(off));

        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(document))).isEqualTo("EVIDENCE_REFUSED STALE");
    }

    /** The policy ended; the host turns its clock back to when it was in force. */
    @Test
    void anExpiredPolicyStaysExpired() throws Exception {
        var end = Duration.between(SampleRoom.NOW, SampleRoom.UNTIL);
        run.retailer.wait(end.minusMinutes(5));
        var wish = lasting(end.plusHours(2));
        assertThat(outcomeAt(wish, Duration.ZERO)).isEqualTo("OK");

        run.retailer.wait(Duration.ofMinutes(6));

        assertThat(outcomeAt(wish, Duration.ZERO)).isNotEqualTo("OK");
        assertThat(outcomeAt(wish, Duration.ofMinutes(-1))).isNotEqualTo("OK");
        assertThat(outcomeAt(wish, Duration.ofMinutes(-6))).isEqualTo("EVIDENCE_REFUSED STALE");
        assertThat(outcomeAt(wish, Duration.ofDays(-1))).isEqualTo("EVIDENCE_REFUSED EXPIRED_CERTIFICATE");
    }

    /** An answer in time by the host's clock, but not by the broker's. */
    @Test
    void anExpiredChallengeStaysExpired() throws Exception {
        var wish = run.wish();
        var challenge = run.retailer.broker.challenge(run.room.bundle.room(), wish.signed());
        var asked = run.retailer.now();
        run.retailer.wait(Duration.ofSeconds(61));
        var late = new TestEnclave(wish).prepare(challenge, asked);

        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(late))).isEqualTo("CHALLENGE_UNKNOWN");
    }

    private Wish lasting(Duration end) {
        var any = run.wish();
        return any.with(any.request().id(), Wish.validity(Duration.ofMinutes(-1), end));
    }

    /** What a platform whose clock is off by so much obtains. Its certificates and documents are of its own time. */
    private String outcomeAt(Wish wish, Duration off) throws Exception {
        var time = run.retailer.now().plus(off);
        var enclave = new TestEnclave(wish).on(run.room.platform.withNewChain(time));
        return Outcomes.of(() -> {
            var challenge = run.broker(SampleTemplates.RETAILER).challenge(run.room.bundle.room(), wish.signed());
            return run.retailer.broker.prepare(enclave.prepare(challenge, time));
        });
    }
}
