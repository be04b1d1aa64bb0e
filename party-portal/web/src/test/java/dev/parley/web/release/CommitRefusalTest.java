package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Grants that are not all there, not of one run or not in time release nothing. */
class CommitRefusalTest {
    private static final TestRun RUN = new TestRun();
    private static final UnaryOperator<PrepareRequest> AS_IT_IS = UnaryOperator.identity();

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void refusesGrantsThatAreNotOneOfEachParty() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        var retailers = grants.getFirst();
        var publishers = grants.getLast();

        for (var wrong : List.of(
                List.<Jws>of(),
                List.of(retailers),
                List.of(publishers),
                List.of(retailers, retailers),
                List.of(retailers, publishers, publishers))) {
            assertCode("GRANTS_REFUSED", () -> commit(wrong));
        }
    }

    @Test
    void refusesAGrantThatAnotherKeySignedForTheOtherParty() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        var theirs = Grant.read(
                grants.getLast(), RUN.room.sample.publisher().broker().verificationKey());

        assertCode(
                "GRANTS_REFUSED",
                () -> commit(List.of(grants.getFirst(), theirs.sign(SigningKey.generate(new SecureRandom())))));
        assertCode(
                "GRANTS_REFUSED",
                () -> commit(List.of(
                        grants.getFirst(),
                        theirs.sign(RUN.room.sample.retailer().broker()))));
    }

    @Test
    void refusesGrantsOfTwoRunsOrTwoEnclaves() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var grants = RUN.grants(wish, enclave);
        var twin = RUN.grants(wish, new TestEnclave(wish));
        var otherWish = RUN.wish();
        var other = RUN.grants(otherWish, new TestEnclave(otherWish));

        assertCode("GRANTS_REFUSED", () -> commit(List.of(grants.getFirst(), twin.getLast())));
        assertCode("GRANTS_REFUSED", () -> commit(List.of(grants.getFirst(), other.getLast())));
    }

    /** A statement of its own that it never set anything aside for is none of its grants. */
    @Test
    void refusesAGrantWithoutReservation() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        var own = Grant.read(
                grants.getFirst(), RUN.room.sample.retailer().broker().verificationKey());
        var cheaper = new Grant(
                own.party(),
                own.run(),
                own.enclaveKey(),
                own.seedCommitment(),
                new Grant.Charge(0, own.charge().lineages()),
                own.expires());

        assertCode(
                "GRANTS_REFUSED",
                () -> commit(List.of(cheaper.sign(RUN.room.sample.retailer().broker()), grants.getLast())));
    }

    @Test
    void refusesALapsedReservation() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        RUN.retailer.wait(Duration.ofMinutes(5));

        assertCode("RESERVATION_LAPSED", () -> commit(grants));
    }

    @Test
    void chargesNothingForADatasetThatWasShreddedMeanwhile() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        RUN.retailer.shred(wish.manifest(SampleTemplates.CUSTOMERS));
        assertCode("DATASET_UNKNOWN", () -> commit(grants));

        RUN.retailer.hold(wish.manifest(SampleTemplates.CUSTOMERS));
        assertThat(commit(grants)).isNotNull();
    }

    @Test
    void executesTheSameQueryNoMoreOftenThanAllowed() throws Exception {
        var wish = RUN.wish();
        for (var i = 0; i < 3; i++) {
            var again = new Wish(RUN.room, wish.again().request(), wish.manifests());
            commit(RUN.grants(again, new TestEnclave(again)));
        }

        assertCode("RELEASES_EXHAUSTED", () -> RUN.prepare(wish, new TestEnclave(wish), AS_IT_IS));
    }

    @Test
    void refusesASecondExactQueryOfTheSamePeople() throws Exception {
        var first = RUN.exactWish();
        commit(RUN.grants(first, new TestEnclave(first)));
        var second = RUN.exactWish();

        assertCode("GUARD_REQUIRED", () -> RUN.prepare(second, new TestEnclave(second), AS_IT_IS));
        assertThat(RUN.prepare(first, new TestEnclave(first), AS_IT_IS)).isNotNull();
    }

    private static Jws commit(List<Jws> grants) throws ReleaseRefusal {
        return RUN.retailer.broker.commit(new CommitRequest(grants));
    }

    private static void assertCode(String code, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        ReleaseRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
