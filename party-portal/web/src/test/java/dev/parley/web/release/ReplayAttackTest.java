package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host kept a document that a broker believed once, and shows it again. */
@Tag("ATT-1")
@DisplayName("ATT-1: a replayed document")
class ReplayAttackTest {
    private final TestRun run = new TestRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void theSecondShowingOfADocumentGetsNothing() throws Exception {
        var wish = run.wish();
        var enclave = new TestEnclave(wish);
        var document = run.request(SampleTemplates.RETAILER, wish, enclave);

        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(document))).isEqualTo("OK");
        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(document))).isEqualTo("CHALLENGE_UNKNOWN");

        // The same enclave with an answer to a new challenge is no replay.
        var fresh = run.request(SampleTemplates.RETAILER, wish, enclave);
        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(fresh))).isEqualTo("OK");
    }

    @Test
    void fiftyShowingsAtOnceGetOneGrant() throws Exception {
        var wish = run.wish();
        var document = run.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish));

        var outcomes = Outcomes.ofManyAtOnce(50, () -> run.retailer.broker.prepare(document));

        assertThat(outcomes).filteredOn("OK"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("CHALLENGE_UNKNOWN"::equals).hasSize(49);
    }

    /** Both phases: whichever showing was granted, all that follows is one release and one charge. */
    @Test
    void fiftyShowingsOfEverythingAtOnceAreOneReleaseAndOneCharge() throws Exception {
        var wish = run.wish();
        var enclave = new TestEnclave(wish);
        var document = run.request(SampleTemplates.RETAILER, wish, enclave);
        var others =
                run.broker(SampleTemplates.PUBLISHER).prepare(run.request(SampleTemplates.PUBLISHER, wish, enclave));

        var outcomes = Outcomes.ofManyAtOnce(50, () -> {
            var grant = run.retailer.broker.prepare(document);
            return run.retailer.broker.commit(new CommitRequest(java.util.List.of(grant, others)));
        });

        assertThat(outcomes).filteredOn("OK"::equals).hasSize(1);
        assertThat(run.retailer.releases()).isOne();
        assertThat(run.retailer.spent()).isEqualTo(TestRoom.COST);
    }

    /** Its keys go to the same enclave each time, so a commit may be repeated; it counts once. */
    @Test
    void fiftyCommitsOfTheSameGrantsAreOneReleaseAndOneCharge() throws Exception {
        var wish = run.wish();
        var grants = new CommitRequest(run.grants(wish, new TestEnclave(wish)));

        var outcomes = Outcomes.ofManyAtOnce(50, () -> run.retailer.broker.commit(grants));

        assertThat(outcomes).hasSize(50).containsOnly("OK");
        assertThat(run.retailer.releases()).isOne();
        assertThat(run.retailer.spent()).isEqualTo(TestRoom.COST);
    }

    @Test
    void aDocumentThatNobodyShowedYetDiesWithItsChallenge() throws Exception {
        var wish = run.wish();
        var document = run.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish));
        run.retailer.wait(Duration.ofSeconds(60));

        assertThat(Outcomes.of(() -> run.retailer.broker.prepare(document))).isEqualTo("CHALLENGE_UNKNOWN");
    }
}
