package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.protocol.wire.ChallengeRequest;
import dev.parley.web.testing.Api;
import dev.parley.web.testing.Portal;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.TestBroker;
import dev.parley.web.testing.TestClock;
import dev.parley.web.testing.TestDatabase;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestKeys;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.Wish;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole release against the running portal; the publisher's broker grants beside it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ReleaseOverHttpTest {
    private static final TestRoom ROOM = TestKeys.ROOM;

    private final TestClock clock;

    ReleaseOverHttpTest(TestClock clock) {
        this.clock = clock;
    }

    @Test
    void releasesToAnAttestedEnclaveAndChargesTheOwnersPeople() throws Exception {
        Portal.signRoom();
        var wish = Wish.reach(ROOM, 7);
        Portal.hold(wish.manifest(SampleTemplates.CUSTOMERS));
        var enclave = new TestEnclave(wish);
        var before = shoppers().spentMicroEpsilon();

        var challenge = statement(post("challenges", challengeRequest(wish)));
        var own = statement(
                post("prepare", enclave.prepare(challenge, clock.instant()).print()));
        assertThat(shoppers().reservedMicroEpsilon()).isEqualTo(TestRoom.COST);
        var grants = List.of(own, publishersGrant(wish, enclave));
        var release = statement(post("commit", new CommitRequest(grants).print()));

        var verified = Grants.verify(
                grants,
                Map.of(
                        SampleTemplates.RETAILER,
                                ROOM.sample.retailer().broker().verificationKey(),
                        SampleTemplates.PUBLISHER,
                                ROOM.sample.publisher().broker().verificationKey()));
        try (var secrets = Release.read(release, ROOM.sample.retailer().broker().verificationKey())
                .open(enclave.key, verified)) {
            assertThat(secrets.exportKey(SampleTemplates.CUSTOMERS)).isEqualTo(TestRoom.datasetKey(7));
        }
        assertThat(shoppers().spentMicroEpsilon()).isEqualTo(before + TestRoom.COST);
        assertThat(shoppers().reservedMicroEpsilon()).isZero();
        assertThat(shoppers().charges())
                .anySatisfy(charge -> assertThat(charge.query())
                        .isEqualTo(verified.run().query().hex()));
    }

    @Test
    void answersARefusalAsAProblemWithItsCode() {
        Portal.signRoom();
        var elsewhere =
                new ChallengeRequest("elsewhere", Wish.reach(ROOM, 8).signed().compact());

        assertThat(post("challenges", elsewhere.json().canonical()).problem()).isEqualTo("422 ROOM_UNKNOWN");
        assertThat(post("prepare", Bytes.utf8("{}")).problem()).isEqualTo("400 MALFORMED_REQUEST");
        assertThat(post("commit", new CommitRequest(List.of()).print()).problem())
                .isEqualTo("422 GRANTS_REFUSED");
        assertThat(post("prepare", Bytes.utf8("not json")).problem()).isEqualTo("400 MALFORMED_REQUEST");
    }

    @Test
    void refusesABodyLargerThanFourMegabytes() {
        var huge = Bytes.copyOf(new byte[(4 << 20) + 1]);

        assertThat(post("prepare", huge).problem()).isEqualTo("413 BODY_TOO_LARGE");
    }

    private static Bytes challengeRequest(Wish wish) {
        return new ChallengeRequest(ROOM.bundle.room().value(), wish.signed().compact())
                .json()
                .canonical();
    }

    private Jws publishersGrant(Wish wish, TestEnclave enclave) throws Exception {
        try (var database = TestDatabase.create()) {
            var publisher = new TestBroker(ROOM, ROOM.sample.publisher(), database.transactions());
            publisher.wait(Duration.between(publisher.now(), clock.instant()));
            publisher.hold(wish.manifest(SampleTemplates.EXPOSURES));
            var challenge = publisher.broker.challenge(ROOM.bundle.room(), wish.signed());
            return publisher.broker.prepare(enclave.prepare(challenge, publisher.now()));
        }
    }

    private static BudgetView.Lineage shoppers() {
        return Portal.analyst().get("/v1/budget").read(BudgetView::read).lineages().stream()
                .filter(lineage -> lineage.lineage().equals("shoppers"))
                .findFirst()
                .orElseThrow();
    }

    private static Api.Answer post(String question, Bytes body) {
        return Api.anonymous().post("/v1/release/" + question, Api.JSON, body);
    }

    private static Jws statement(Api.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jose");
        return Jws.parse(answer.text());
    }
}
