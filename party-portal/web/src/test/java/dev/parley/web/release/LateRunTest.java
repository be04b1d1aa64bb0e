package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.LineageId;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.Promises;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was right once: expired approvals and requests, spent budgets, roots that no longer count. */
class LateRunTest {
    private final TestRun run = new TestRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void refusesApprovalsThatExpired() {
        var wish = run.wish();
        List<Jws> approvals = new ArrayList<>(run.room.approvals);
        approvals.set(
                0,
                expiring(run.room.sample.retailer(), run.room.sample.retailer().compliance()));

        assertCode(
                "QUORUM_MISSING",
                () -> run.prepare(
                        wish, new TestEnclave(wish), Prepares.policy(run.room.bundle.canonical(), approvals)));
    }

    @Test
    void refusesARequestThatExpiredSinceItsChallenge() throws Exception {
        var any = run.wish();
        var wish = any.with(any.request().id(), Wish.validity(Duration.ZERO, Duration.ofSeconds(10)));
        var challenge = run.retailer.broker.challenge(run.room.bundle.room(), wish.signed());
        run.retailer.wait(Duration.ofSeconds(10));
        var request = new TestEnclave(wish).prepare(challenge, run.retailer.now());

        assertCode("RUN_REQUEST_NOT_VALID_NOW", () -> run.retailer.broker.prepare(request));
    }

    @Test
    void refusesARunThatTheBudgetNoLongerCovers() throws Exception {
        var shoppers = new LineageId("shoppers");
        var rest =
                Promises.of("what came before", 9_950_000, shoppers, 10_000_000).at(run.retailer.now());
        assertThat(run.retailer.ledger.reserve(rest, run.retailer.now())).isEmpty();
        var wish = run.wish();

        assertCode("BUDGET_EXHAUSTED", () -> run.prepare(wish, new TestEnclave(wish), UnaryOperator.identity()));

        run.retailer.wait(Duration.ofMinutes(5));
        assertThat(run.prepare(wish, new TestEnclave(wish), UnaryOperator.identity()))
                .isNotNull();
    }

    /** An installation may know several roots; in a room the one that its bundle names counts. */
    @Test
    void refusesARootThatTheBundleDoesNotName() throws Exception {
        var second = TestPlatform.at(SampleRoom.NOW);
        var examination = new RunExamination(TrustRoots.of(run.room.platform.root(), second.root()));
        var policy = SignedPolicy.of(run.room.bundle);
        var wish = run.wish();
        var challenge = Challenge.read(
                run.retailer.broker.challenge(run.room.bundle.room(), wish.signed()),
                run.room.sample.retailer().broker().verificationKey());
        var named = new TestEnclave(wish).prepare(challenge, SampleRoom.NOW);
        var other = new TestEnclave(wish).on(second).prepare(challenge, SampleRoom.NOW);

        assertThat(examination.nonceOf(other, SampleRoom.NOW)).isEqualTo(challenge.nonce());
        assertCode("EVIDENCE_REFUSED", () -> examination.examine(other, challenge, policy, SampleRoom.NOW));
        assertThat(examination
                        .examine(named, challenge, policy, SampleRoom.NOW)
                        .run()
                        .request())
                .isEqualTo(wish.request());
    }

    private Jws expiring(SampleParty party, SigningKey key) {
        var bundle = run.room.bundle;
        return new Approval(
                        bundle.room(),
                        bundle.version(),
                        bundle.previous(),
                        bundle.digest(),
                        party.id(),
                        "compliance",
                        SampleRoom.NOW)
                .sign(key);
    }

    private static void assertCode(String code, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        ReleaseRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
