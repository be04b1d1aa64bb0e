package dev.parley.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.ReceiptView;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.SealedSample;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestClock;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import dev.parley.server.testing.Work;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RunsTest {
    @Inject
    TestClock clock;

    @Test
    void takesUpARequestOnceHoweverOftenItIsSent() {
        var room = TestRoom.sharedWithData();
        var request = room.request(clock.instant());

        var first = submit(room, request);
        var again = submit(room, request);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        var run = first.read(RunView::read);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        assertThat(run.party()).isEqualTo("publisher");
        assertThat(run.attempts()).isZero();
    }

    @Test
    void takesUpARequestOnceWhenItIsSentManyTimesAtOnce() {
        var room = TestRoom.sharedWithData();
        var request = room.request(clock.instant());

        var answers =
                IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> submit(room, request)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers.stream().filter(a -> a.status() == 202)).hasSize(1);
        assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(7);
        assertThat(answers.stream().map(a -> a.read(RunView::read).run()).distinct())
                .hasSize(1);
    }

    @Test
    void deliversSealedBytesToTheirRecipientAndTheReceiptToAllConcerned() {
        var room = TestRoom.withData();
        var request = room.request(clock.instant());
        var run = submit(room, request).read(RunView::read).run();
        var work = Work.on(run);
        var delivered = work.delivered("publisher", "retailer");

        TestRoom.expect(200, work.end(delivered));

        var view = room.retailer().get("/v1/runs/" + run).read(RunView::read);
        assertThat(view.state()).isEqualTo(RunState.DELIVERED);
        assertThat(view.isolation()).isEqualTo("test sandbox");
        assertThat(room.publisher().get("/v1/runs/" + run + "/result").body())
                .isEqualTo(Bytes.utf8("sealed to publisher in " + run));
        assertThat(room.retailer().get("/v1/runs/" + run + "/result").body())
                .isEqualTo(Bytes.utf8("sealed to retailer in " + run));
        assertThat(room.retailer().get("/v1/runs/" + run + "/receipt").read(ReceiptView::read))
                .isEqualTo(new ReceiptView(delivered.receipt(), delivered.evidence(), request.compact()));
    }

    @Test
    void answersARepeatFromTheResultThatIsThere() {
        var room = TestRoom.withData();
        var request = room.request(clock.instant());
        var first = submit(room, request).read(RunView::read).run();
        var work = Work.on(first);
        TestRoom.expect(200, work.end(work.delivered("publisher", "retailer")));

        var repeat = submit(room, room.request(clock.instant())).read(RunView::read);

        assertThat(repeat.run()).isNotEqualTo(first);
        assertThat(repeat.state()).isEqualTo(RunState.DELIVERED);
        assertThat(repeat.repeatOf()).isEqualTo(first);
        assertThat(room.publisher().get("/v1/runs/" + repeat.run() + "/result").body())
                .isEqualTo(Bytes.utf8("sealed to publisher in " + first));
        assertThat(room.publisher()
                        .get("/v1/runs/" + repeat.run() + "/receipt")
                        .read(ReceiptView::read)
                        .runRequest())
                .isEqualTo(request.compact());
    }

    @Test
    void hasNoResultBeforeTheRunIsDelivered() {
        var room = TestRoom.sharedWithData();
        var run =
                submit(room, room.request(clock.instant())).read(RunView::read).run();

        assertThat(room.publisher().get("/v1/runs/" + run + "/result").problem())
                .isEqualTo("409 RUN_NOT_DELIVERED");
        assertThat(room.publisher().get("/v1/runs/" + run + "/receipt").problem())
                .isEqualTo("409 RUN_NOT_DELIVERED");
    }

    @Test
    void refusesEarlyWhatThePolicyRefuses() {
        var room = TestRoom.sharedWithData();
        var wrongValue = altered(room, "parameters", Json.object().build());

        var answer = submit(room, wrongValue);

        assertThat(answer.problem()).isEqualTo("422 PARAMETER_MISSING");
        assertThat(answer.text()).contains("templates/reach-by-segment.yaml").doesNotContain("spring");
    }

    @Test
    void refusesARequestThatNoRunKeySigned() {
        var room = TestRoom.sharedWithData();
        var payload = room.request(clock.instant()).unverifiedPayload();
        var byOther = Jws.sign(
                RunRequest.TYPE, parse(payload), room.sample().retailer().run());

        assertThat(submit(room, byOther).problem()).isEqualTo("422 RUN_REQUEST_REFUSED");
        assertThat(room.retailer().post("/v1/runs", Api.JOSE, byOther.compact()).problem())
                .isEqualTo("422 RUN_REQUEST_OTHER_PARTY");
    }

    @Test
    void refusesARequestThatHasExpired() {
        var room = TestRoom.sharedWithData();
        var request = room.request(clock.instant().minus(Duration.ofHours(1)));

        assertThat(submit(room, request).problem()).isEqualTo("422 RUN_REQUEST_NOT_VALID_NOW");
    }

    @Test
    void refusesDatasetsThatAreNotThere() {
        var room = TestRoom.active();
        var request = room.request(clock.instant());

        assertThat(submit(room, request).problem()).isEqualTo("422 DATASET_NOT_READY");

        room.upload(SealedSample.customers(room));
        room.upload(SealedSample.exposures(room));
        assertThat(submit(room, request).status()).isEqualTo(202);
    }

    @Test
    void refusesARequestForASupersededPolicy() {
        var room = TestRoom.withData();
        var request = room.request(clock.instant());
        room.next("Another purpose").activate();

        assertThat(submit(room, request).problem()).isEqualTo("422 RUN_REQUEST_POLICY_MISMATCH");
    }

    @Test
    void onlyAnalystsSubmit() {
        var room = TestRoom.sharedWithData();
        var steward = Api.as(Token.withRoles("publisher", "party-member", "steward", "approver"));

        var answer =
                steward.post("/v1/runs", Api.JOSE, room.request(clock.instant()).compact());

        assertThat(answer.problem()).isEqualTo("403 FORBIDDEN");
    }

    @Test
    void pagesThroughRunsNewestFirst() {
        var room = TestRoom.withData();
        List<String> submitted = IntStream.range(0, 5)
                .mapToObj(i -> submit(room, room.request(clock.instant()))
                        .read(RunView::read)
                        .run())
                .toList();
        Set<String> seen = new HashSet<>();
        var path = "/v1/runs?limit=2&room=" + room.id();

        var page = room.retailer().get(path).read(RunPage::read);
        assertThat(page.runs().getFirst().run()).isEqualTo(submitted.getLast());
        page.runs().forEach(run -> seen.add(run.run()));
        while (page.next() != null) {
            page = room.retailer().get(path + "&cursor=" + page.next()).read(RunPage::read);
            page.runs().forEach(run -> assertThat(seen.add(run.run())).isTrue());
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(submitted);
        assertThat(room.retailer().get("/v1/runs?cursor=!!").problem()).isEqualTo("400 MALFORMED");
    }

    @Test
    void tellsEveryChangeUntilTheEnd() throws Exception {
        var room = TestRoom.sharedWithData();
        var run =
                submit(room, room.request(clock.instant())).read(RunView::read).run();
        var events = CompletableFuture.supplyAsync(
                () -> room.publisher().get("/v1/runs/" + run + "/events").text());
        var work = Work.on(run);
        TestRoom.expect(204, work.step("BOOTED", null, null));
        Thread.sleep(1_200);
        TestRoom.expect(200, work.end(new OutcomeReport.Refused("THRESHOLD")));

        var states = new LinkedHashMap<RunState, String>();
        for (var line : events.get().lines().filter(l -> l.startsWith("data:")).toList()) {
            var view = Message.parse(Bytes.utf8(line.substring(5).strip()), RunView::read);
            states.put(view.state(), view.step());
        }
        assertThat(states).containsEntry(RunState.RUNNING, "BOOTED").containsKey(RunState.REFUSED);
        assertThat(List.copyOf(states.keySet()).getLast()).isEqualTo(RunState.REFUSED);
    }

    private static Api.Answer submit(TestRoom room, Jws request) {
        return room.publisher().post("/v1/runs", Api.JOSE, request.compact());
    }

    /** A request with one member changed, signed again by the runner. */
    private Jws altered(TestRoom room, String member, Json value) {
        var members = new LinkedHashMap<>(
                parse(room.request(clock.instant()).unverifiedPayload()).members());
        members.put(member, value);
        return Jws.sign(
                RunRequest.TYPE,
                new Json.Obj(members),
                room.sample().publisher().run());
    }

    private static Json.Obj parse(Bytes payload) {
        try {
            return Json.parseCanonical(payload).asObject();
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
