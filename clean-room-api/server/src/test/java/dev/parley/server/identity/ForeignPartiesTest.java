package dev.parley.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Bytes;
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
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every path that names something, asked by a party that has nothing to do with it: the answer is always 404. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ForeignPartiesTest {
    @Inject
    TestClock clock;

    private record Question(String method, String path, String type, String body) {
        Api.Answer ask(Api by) {
            var tus = new String[] {"Content-Type", type, "Tus-Resumable", "1.0.0", "Upload-Offset", "0"};
            return by.send(method, path, HttpRequest.BodyPublishers.ofString(body), tus);
        }
    }

    @Test
    void seeNothingOfOthersInAnyRole() {
        var room = TestRoom.withData();
        var sealed = SealedSample.customers(room, 2);
        TestRoom.expect(201, sealed.announce());
        var run = delivered(room);
        var everything = Stream.of(reads(room, run), writes(room, sealed, sealed.begin()))
                .flatMap(List::stream)
                .toList();

        for (var question : everything) {
            var answer = question.ask(TestRoom.stranger());
            assertThat(answer.status()).as(question.toString()).isEqualTo(404);
            if (!question.method().equals("HEAD")) {
                assertThat(answer.problem()).as(question.toString()).isEqualTo("404 NOT_FOUND");
            }
            assertThat(answer.text()).as(question.toString()).doesNotContain(room.id(), run, "retailer");
        }
        for (var question : reads(room, run)) {
            assertThat(question.ask(room.retailer()).status())
                    .as(question.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void looksTheSameWhetherItExistsOrNot() {
        var room = TestRoom.withData();
        var run = delivered(room);

        for (var question : reads(room, run)) {
            var nowhere = new Question(
                    "GET",
                    question.path()
                            .replace(room.id(), "no-such-room")
                            .replace(run, "00000000-0000-4000-8000-000000000000"),
                    question.type(),
                    "");
            assertThat(question.ask(TestRoom.stranger()).body())
                    .as(question.path())
                    .isEqualTo(nowhere.ask(TestRoom.stranger()).body());
        }
    }

    @Test
    void cannotTouchEachOthersUploadsAndDatasetsInOneRoom() {
        var room = TestRoom.active();
        var sealed = SealedSample.customers(room);
        TestRoom.expect(201, sealed.announce());
        var upload = sealed.begin();

        for (var question : writes(room, sealed, upload)) {
            if (question.path().contains("/uploads/") || question.path().endsWith("/versions")) {
                assertThat(question.ask(room.publisher()).status())
                        .as(question.toString())
                        .isEqualTo(404);
            }
        }
        assertThat(sealed.begin(room.publisher(), sealed.ciphertext().size()).problem())
                .isEqualTo("404 NOT_FOUND");
        assertThat(sealed.head(upload).header("Upload-Offset")).isEqualTo("0");
    }

    @Test
    void getNoResultAsANonRecipient() {
        var room = TestRoom.withData();
        var run = delivered(room);

        assertThat(TestRoom.stranger().get("/v1/runs/" + run + "/result").problem())
                .isEqualTo("404 NOT_FOUND");
        assertThat(Api.as(Token.withRoles("publisher", "host"))
                        .get("/v1/runs/" + run + "/result")
                        .problem())
                .isEqualTo("403 FORBIDDEN");
    }

    private static List<Question> reads(TestRoom room, String run) {
        return Stream.of(
                        room.path(),
                        room.path() + "/policies/1",
                        room.path() + "/policies/1/approvals",
                        room.path() + "/datasets",
                        "/v1/runs/" + run,
                        "/v1/runs/" + run + "/events",
                        "/v1/runs/" + run + "/result",
                        "/v1/runs/" + run + "/receipt")
                .map(path -> new Question("GET", path, Api.JSON, ""))
                .toList();
    }

    private List<Question> writes(TestRoom room, SealedSample sealed, String upload) {
        var retailer = room.sample().retailer();
        var approval = SampleRoom.approval(room.bundle(), retailer, "legal", retailer.legal());
        var next = room.next("Taken over").bundle().canonical();
        var octets = "application/offset+octet-stream";
        return List.of(
                new Question("POST", room.path() + "/policies", Api.JSON, text(next)),
                new Question(
                        "POST",
                        room.path() + "/policies",
                        Api.JSON,
                        text(room.bundle().canonical())),
                new Question("POST", room.path() + "/policies/1/approvals", Api.JOSE, approval.compact()),
                new Question(
                        "POST",
                        sealed.path() + "/versions",
                        Api.JOSE,
                        sealed.signed().compact()),
                new Question(
                        "POST",
                        "/v1/runs",
                        Api.JOSE,
                        room.request(clock.instant()).compact()),
                new Question("HEAD", upload, Api.JSON, ""),
                new Question("PATCH", upload, octets, "x"),
                new Question("DELETE", upload, Api.JSON, ""));
    }

    private String delivered(TestRoom room) {
        var answer = room.publisher()
                .post("/v1/runs", Api.JOSE, room.request(clock.instant()).compact());
        var run = answer.read(RunView::read).run();
        var work = Work.on(run);
        TestRoom.expect(200, work.end(work.delivered("publisher", "retailer")));
        return run;
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
