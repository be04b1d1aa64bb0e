package dev.parley.server.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.ApprovalList;
import dev.parley.protocol.wire.LeaseRenewal;
import dev.parley.protocol.wire.LeaseView;
import dev.parley.protocol.wire.LogEntries;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestClock;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import dev.parley.server.testing.Work;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ClaimsTest {
    private static final Duration PAST_THE_LEASE = Duration.ofSeconds(61);

    @Inject
    TestClock clock;

    @Test
    void givesAHostAllThatTheEnclaveNeeds() {
        var room = TestRoom.sharedWithData();
        var request = room.request(clock.instant());
        var run = submit(room, request.compact());

        var claim = Work.on(run).claim();

        assertThat(claim.bundle()).isEqualTo(room.bundle().canonical().base64Url());
        assertThat(claim.runRequest()).isEqualTo(request.compact());
        assertThat(claim.approvals())
                .isEqualTo(room.retailer()
                        .get(room.path() + "/policies/1/approvals")
                        .read(ApprovalList::read)
                        .approvals());
        assertThat(claim.manifests()).hasSize(2);
        assertThat(claim.configuration().members().keySet())
                .containsExactlyInAnyOrder("parley", "slotMillis", "engineThreads", "engineMemoryMiB");
        assertThat(claim.checkpoint()).startsWith("log.example/parley\n");
        assertThat(Instant.parse(claim.leaseExpires())).isAfter(clock.instant());
        assertThat(view(room, run).state()).isEqualTo(RunState.RUNNING);
        assertThat(view(room, run).attempts()).isEqualTo(1);
    }

    @Test
    void givesARunToOneHostAtATime() {
        var room = TestRoom.sharedWithData();
        var run = submit(room);
        Work.on(run).end(new OutcomeReport.Refused("MADE_ROOM"));
        var waiting = List.of(submit(room), submit(room), submit(room));

        var claimed = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(Work::next)).toList().stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .map(work -> work.claim().run())
                .toList();

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(waiting);
        assertThat(Work.next()).isEmpty();
    }

    @Test
    void givesAnExpiredLeaseToAnotherHostAndFencesOffTheFirst() {
        var room = TestRoom.withData();
        var run = submit(room);
        var first = Work.on(run);

        clock.leap(PAST_THE_LEASE);
        var second = Work.on(run);

        assertThat(second.claim().fencingToken()).isGreaterThan(first.claim().fencingToken());
        assertThat(first.step("BOOTED", null, null).problem()).isEqualTo("409 LEASE_LOST");
        assertThat(first.end(first.delivered("publisher", "retailer")).problem())
                .isEqualTo("409 LEASE_LOST");
        assertThat(second.end(
                                second.delivered("publisher", "retailer"),
                                first.claim().fencingToken())
                        .problem())
                .isEqualTo("409 LEASE_LOST");
        assertThat(second.end(second.delivered("publisher", "retailer")).status())
                .isEqualTo(200);
        assertThat(view(room, run).attempts()).isEqualTo(2);
    }

    @Test
    void keepsALeaseThatIsRenewedInTime() {
        var room = TestRoom.sharedWithData();
        var work = Work.on(submit(room));
        var host = Api.as(Token.host());
        var renewal = new LeaseRenewal(work.claim().fencingToken());

        clock.leap(Duration.ofSeconds(40));
        var renewed = host.post(work.path() + "/renewals", renewal).read(LeaseView::read);
        clock.leap(Duration.ofSeconds(40));
        var booted = work.step("BOOTED", null, null);
        clock.leap(PAST_THE_LEASE);
        var late = host.post(work.path() + "/renewals", renewal);

        assertThat(Instant.parse(renewed.leaseExpires()))
                .isAfter(Instant.parse(work.claim().leaseExpires()));
        assertThat(booted.status()).isEqualTo(204);
        assertThat(late.problem()).isEqualTo("409 LEASE_LOST");
    }

    @Test
    void failsARunAfterItsLastAttempt() {
        var room = TestRoom.sharedWithData();
        var run = submit(room);
        for (var attempt = 0; attempt < 5; attempt++) {
            Work.on(run);
            clock.leap(PAST_THE_LEASE);
        }
        Work.next();

        var failed = view(room, run);

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.code()).isEqualTo("RUN_ATTEMPTS_EXHAUSTED");
        assertThat(failed.attempts()).isEqualTo(5);
    }

    @Test
    void triesAFailureAgainLaterAndARefusalNever() {
        var room = TestRoom.sharedWithData();
        var transientFailure = submit(room);
        TestRoom.expect(200, Work.on(transientFailure).end(new OutcomeReport.Failed("BROKER_UNREACHABLE")));
        var waiting = view(room, transientFailure);
        clock.leap(Duration.ofSeconds(3));
        TestRoom.expect(200, Work.on(transientFailure).end(new OutcomeReport.Refused("BUDGET_EXHAUSTED")));

        var refused = view(room, transientFailure);

        assertThat(waiting.state()).isEqualTo(RunState.QUEUED);
        assertThat(waiting.code()).isEqualTo("BROKER_UNREACHABLE");
        assertThat(refused.state()).isEqualTo(RunState.REFUSED);
        assertThat(refused.code()).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(refused.finishedAt()).isNotNull();
    }

    @Test
    void refusesARunWhoseRequestExpiredWhileItWaited() {
        var room = TestRoom.sharedWithData();
        var run = submit(room);

        clock.leap(Duration.ofMinutes(11));
        Work.next();

        assertThat(view(room, run).state()).isEqualTo(RunState.REFUSED);
        assertThat(view(room, run).code()).isEqualTo("RUN_REQUEST_NOT_VALID_NOW");
    }

    @Test
    void takesTheSameOutcomeTwiceAsOne() {
        var room = TestRoom.withData();
        var work = Work.on(submit(room));
        var delivered = work.delivered("publisher", "retailer");

        var first = work.end(delivered);
        var again = work.end(delivered);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void refusesResultsThatTheReceiptDoesNotName() {
        var room = TestRoom.withData();
        var work = Work.on(submit(room));
        var other = Work.on(submit(room));
        var right = work.delivered("publisher", "retailer");
        var swapped = new OutcomeReport.Delivered(
                right.receipt(),
                right.evidence(),
                List.of(
                        new OutcomeReport.Result(
                                "publisher", right.results().getLast().sealed()),
                        new OutcomeReport.Result(
                                "retailer", right.results().getFirst().sealed())));
        var missing = new OutcomeReport.Delivered(
                right.receipt(), right.evidence(), List.of(right.results().getFirst()));

        for (var wrong : List.of(swapped, missing, other.delivered("publisher", "retailer"))) {
            assertThat(work.end(wrong).problem()).isEqualTo("422 RECEIPT_MISMATCH");
        }
        assertThat(work.end(right).status()).isEqualTo(200);
    }

    @Test
    void tellsTheLogWhatBrokersAnswered() {
        var room = TestRoom.sharedWithData();
        var run = submit(room);
        var work = Work.on(run);
        var grant = Sha384Digest.of(Bytes.utf8("a grant")).hex();

        TestRoom.expect(204, work.step("GRANTED", "retailer", grant));
        TestRoom.expect(204, work.step("KEYS_RELEASED", "publisher", grant));

        assertThat(entriesOf(run))
                .anySatisfy(entry -> assertThat(entry)
                        .contains("\"kind\":\"keys-granted\"", "\"party\":\"retailer\"", "\"grant\":\"" + grant + "\""))
                .anySatisfy(entry ->
                        assertThat(entry).contains("\"kind\":\"keys-released\"", "\"release\":\"" + grant + "\""));
        assertThat(work.step("GRANTED", null, grant).problem()).isEqualTo("400 MALFORMED");
        assertThat(work.step("GRANTED", "retailer", "00").problem()).isEqualTo("400 MALFORMED");
        assertThat(work.step("rm -rf", null, null).problem()).isEqualTo("400 MALFORMED");
    }

    @Test
    void belongsToHostsAlone() {
        var member = Api.as(Token.of("retailer"));

        assertThat(member.post("/v1/host/claims", Api.JSON, "{\"host\":\"x\"}").problem())
                .isEqualTo("403 FORBIDDEN");
        assertThat(Api.anonymous()
                        .post("/v1/host/claims", Api.JSON, "{\"host\":\"x\"}")
                        .problem())
                .isEqualTo("401 UNAUTHENTICATED");
    }

    private String submit(TestRoom room) {
        return submit(room, room.request(clock.instant()).compact());
    }

    private static String submit(TestRoom room, String request) {
        var answer = room.publisher().post("/v1/runs", Api.JOSE, request);
        TestRoom.expect(202, answer);
        return answer.read(RunView::read).run();
    }

    private static RunView view(TestRoom room, String run) {
        return room.publisher().get("/v1/runs/" + run).read(RunView::read);
    }

    private static List<String> entriesOf(String run) {
        return Api.anonymous().get("/v1/log/entries").read(LogEntries::read).entries().stream()
                .map(ClaimsTest::decode)
                .filter(entry -> entry.contains(run))
                .toList();
    }

    private static String decode(String entry) {
        try {
            var bytes = Bytes.parseBase64Url(entry);
            return new String(Json.parseCanonical(bytes).canonical().toArray(), StandardCharsets.UTF_8);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
