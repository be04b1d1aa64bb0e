package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host runs a genuine image with a known weakness, after the parties agreed on the one that mends it. */
@Tag("ATT-8")
@DisplayName("ATT-8: a downgrade to an older image")
class DowngradeAttackTest {
    private static final Measurement WEAK = TestRoom.IMAGE;
    private static final Measurement MENDED = TestClaims.measurement("mended image");

    private final TestRun run = new TestRun();
    private final TestRoom bumped =
            run.room.accepting(new AcceptedMeasurement(MENDED.pcr0(), MENDED.pcr1(), MENDED.pcr2(), SampleRoom.UNTIL));
    private Wish before = run.wish();

    /** The control before the bump. */
    @BeforeEach
    void theWeakImageIsAcceptedUntilThisPartySignsTheBump() throws Exception {
        assertThat(outcome(before, new TestEnclave(before).running(WEAK))).isEqualTo("OK");
        before = run.wish();
        run.retailer.sign(bumped.bundle);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void refusesTheWeakImageUnderTheNewPolicyAndTakesTheMendedOne() throws Exception {
        var wish = run.wish(bumped);

        assertThat(outcome(wish, new TestEnclave(wish).running(WEAK))).isEqualTo("MEASUREMENT_NOT_ACCEPTED");
        assertThat(outcome(wish, new TestEnclave(wish).running(MENDED))).isEqualTo("OK");
    }

    @Test
    void refusesTheOldPolicyThatAcceptedIt() throws Exception {
        assertThat(outcome(before, new TestEnclave(before).running(WEAK))).isEqualTo("POLICY_NOT_NEWEST");
    }

    /** Reference values expire too; the broker's own clock says when. */
    @Test
    void refusesAnImageWhoseAcceptanceRanOut() throws Exception {
        var until = SampleRoom.NOW.plus(Duration.ofMinutes(10));
        var limited = run.room.accepting(new AcceptedMeasurement(WEAK.pcr0(), WEAK.pcr1(), WEAK.pcr2(), until));
        run.retailer.sign(limited.bundle);
        var wish = run.wish(limited);

        assertThat(outcome(wish, new TestEnclave(wish).running(WEAK))).isEqualTo("OK");
        run.retailer.wait(Duration.ofMinutes(10));
        assertThat(outcome(wish, new TestEnclave(wish).running(WEAK))).isEqualTo("MEASUREMENT_NOT_ACCEPTED");
    }

    /** The host sets its clock back to when the weak image was accepted, and its platform attests at that time. */
    @ParameterizedTest(name = "by {0}")
    @CsvSource({
        "PT1M, MEASUREMENT_NOT_ACCEPTED",
        "PT30M, EVIDENCE_REFUSED STALE",
        "PT2H, EVIDENCE_REFUSED STALE",
        "PT20H, EVIDENCE_REFUSED EXPIRED_CERTIFICATE"
    })
    void rollingTheHostsClockBackHelpsNothing(Duration back, String outcome) throws Exception {
        run.retailer.wait(back);
        var then = run.retailer.now().minus(back);
        var wish = run.wish(bumped);
        var weak = new TestEnclave(wish).running(WEAK).on(run.room.platform.withNewChain(then));
        var challenge = run.retailer.broker.challenge(bumped.bundle.room(), wish.signed());

        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(weak.prepare(challenge, then))))
                .isEqualTo(outcome);
    }

    private String outcome(Wish wish, TestEnclave enclave) throws Exception {
        return Outcomes.of(() -> run.retailer.broker.prepare(run.request(SampleTemplates.RETAILER, wish, enclave)));
    }
}
