package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.log.MerkleTree;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.room.RoomId;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A genuine enclave with a policy, a run or a log that is wrong in one thing gets nothing. */
class RunRefusalTest {
    private static final TestRun RUN = new TestRun();

    @BeforeAll
    static void seeTheLog() throws Exception {
        var wish = RUN.wish();
        RUN.prepare(wish, new TestEnclave(wish), UnaryOperator.identity());
    }

    @AfterEach
    void backToTheRoomsOwnPolicy() {
        RUN.retailer.sign(RUN.room.bundle);
    }

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void refusesARoomThatThisPartySignedNothingFor() {
        assertCode(
                "ROOM_UNKNOWN",
                () -> RUN.retailer.broker.challenge(
                        new RoomId("elsewhere"), RUN.wish().signed()));
    }

    @Test
    void challengesNobodyWithoutAValidRunRequest() {
        var room = RUN.room.bundle.room();
        var wish = RUN.wish();
        var forged = wish.request().sign(RUN.room.sample.retailer().run());
        var expired = wish.with(wish.request().id(), Wish.validity(Duration.ofHours(-2), Duration.ofHours(-1)));
        var early = wish.with(wish.request().id(), Wish.validity(Duration.ofHours(1), Duration.ofHours(2)));

        for (var request : List.of(forged, expired.signed(), early.signed())) {
            assertCode("RUN_REQUEST_REFUSED", () -> RUN.retailer.broker.challenge(room, request));
        }
    }

    @Test
    void refusesAPolicyThatIsNotTheNewestThatThisPartySigned() throws Exception {
        var wish = RUN.wish();
        var request = RUN.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish));
        RUN.retailer.sign(successor());

        assertCode("POLICY_NOT_NEWEST", () -> RUN.retailer.broker.prepare(request));
    }

    @Test
    void refusesAPolicyThatOthersDidNotApprove() {
        var bundle = RUN.room.bundle.canonical();
        var approvals = RUN.room.approvals;
        assertRefused("QUORUM_MISSING", Prepares.policy(bundle, approvals.subList(0, 3)));
        assertRefused("QUORUM_MISSING", Prepares.policy(bundle, List.of()));
        assertRefused("APPROVAL_FOR_ANOTHER_BUNDLE", Prepares.policy(bundle, RUN.room.sample.approvals(successor())));
    }

    @Test
    void refusesAnotherRunThanTheOneItWasChallengedFor() {
        assertRefused("RUN_REQUEST_REFUSED", Prepares.runRequest(RUN.wish().signed()));
    }

    @Test
    void refusesManifestsThatAreNotThoseOfTheRun() {
        var other = RUN.wish();
        assertRefused(
                "MANIFEST_REFUSED",
                Prepares.manifests(
                        other.manifests().stream().map(RUN.room::sign).toList()));
        assertRefused("MANIFEST_REFUSED", Prepares.manifests(List.of()));
        assertRefused(
                "MANIFEST_REFUSED",
                p -> Prepares.manifests(p.manifests().reversed()).apply(p));
    }

    @Test
    void refusesAManifestSignedByAnotherParty() {
        var wish = RUN.wish();
        var forged = wish.manifests().stream()
                .map(manifest -> manifest.sign(RUN.room.sample.publisher().steward()))
                .toList();

        assertCode("MANIFEST_REFUSED", () -> RUN.prepare(wish, new TestEnclave(wish), Prepares.manifests(forged)));
    }

    /** What the owner's manifest permits counts, whatever the bundle says. */
    @Test
    void refusesADatasetThatItsOwnerKeepsForAnotherTrustDomain() {
        var wish = RUN.wish();
        var real = wish.on(List.of(
                RUN.room.manifest(SampleTemplates.CUSTOMERS, 900, TrustDomain.AWS_NITRO),
                wish.manifest(SampleTemplates.EXPOSURES)));
        real.manifests().forEach(RUN.retailer::hold);

        assertCode("TRUST_DOMAIN_REFUSED", () -> RUN.prepare(real, new TestEnclave(real), UnaryOperator.identity()));
    }

    @Test
    void refusesADatasetThatIsNotRegisteredOrWasShredded() {
        var wish = RUN.wish();
        RUN.retailer.shred(wish.manifest(SampleTemplates.CUSTOMERS));

        assertCode("DATASET_UNKNOWN", () -> RUN.prepare(wish, new TestEnclave(wish), UnaryOperator.identity()));
    }

    @Test
    void refusesWhatThePolicyDoesNotAllow() {
        var wish = RUN.wish().by(SampleTemplates.RETAILER);

        assertCode("NOT_A_RUNNER", () -> RUN.prepare(wish, new TestEnclave(wish), UnaryOperator.identity()));
    }

    @Test
    void refusesACheckpointOfAnotherLog() {
        var stranger = LogSigner.generate(RUN.room.logSigner.key().origin(), new SecureRandom());
        var forged = Checkpoint.sign(RUN.room.log.head(), stranger).note();
        assertRefused("LOG_INCONSISTENT", Prepares.log(forged, List.of()));
        assertRefused("LOG_INCONSISTENT", Prepares.log("no checkpoint", List.of()));
    }

    @Test
    void refusesALogThatWasRolledBackOrRewritten() {
        var back = Checkpoint.sign(RUN.room.log.head(1), RUN.room.logSigner).note();
        assertRefused("LOG_INCONSISTENT", Prepares.log(back, List.of()));
        var rewritten = new MerkleTree();
        for (var i = 0; i < RUN.room.log.size() + 1; i++) {
            rewritten.append(MerkleTree.leafHash(Bytes.utf8("rewritten " + i)));
        }
        var note = Checkpoint.sign(rewritten.head(), RUN.room.logSigner).note();
        var proof = rewritten.consistencyProof(RUN.room.log.size(), rewritten.size());
        assertRefused("LOG_INCONSISTENT", Prepares.log(note, proof));
    }

    @Test
    void refusesOneIdForTwoWishes() throws Exception {
        var first = RUN.wish();
        var second = RUN.wish();
        var reusing = second.with(first.request().id(), second.request().validity());
        RUN.prepare(first, new TestEnclave(first), UnaryOperator.identity());
        RUN.prepare(first, new TestEnclave(first), UnaryOperator.identity());

        assertCode(
                "RUN_REQUEST_REUSED", () -> RUN.prepare(reusing, new TestEnclave(reusing), UnaryOperator.identity()));
    }

    private static PolicyBundle successor() {
        var b = RUN.room.bundle;
        return new PolicyBundle(
                b.room(),
                b.name(),
                b.purpose(),
                2,
                Optional.of(b.digest()),
                b.validFrom(),
                SampleRoom.UNTIL,
                b.referenceValues(),
                b.log(),
                b.parties(),
                b.datasets(),
                b.privacy(),
                b.templates());
    }

    private static void assertRefused(String code, UnaryOperator<PrepareRequest> bend) {
        var wish = RUN.wish();
        assertCode(code, () -> RUN.prepare(wish, new TestEnclave(wish), bend));
    }

    private static void assertCode(String code, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        ReleaseRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
