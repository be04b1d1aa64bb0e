package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.testing.Api;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProblemsTest {
    private final Api member = Api.as(Token.of("retailer"));
    private final Api host = Api.as(Token.host());

    @Test
    void answersEveryWrongRequestWithAProblem() {
        var nobody = HttpRequest.BodyPublishers.noBody();

        assertThat(member.get("/v1/nothing").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(member.get("/v1/rooms/Not%20A%20Room").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(member.get("/v1/runs/1").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(member.send("DELETE", "/v1/rooms", nobody).problem()).isEqualTo("405 METHOD_NOT_ALLOWED");
        assertThat(member.get("/v1/rooms", "Accept", "application/xml").problem())
                .isEqualTo("406 NOT_ACCEPTABLE");
        assertThat(member.post("/v1/runs", "text/plain", "x").problem()).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
        assertThat(member.post("/v1/runs", Api.JOSE, "x").problem()).isEqualTo("400 MALFORMED");
        assertThat(member.post("/v1/runs", Api.JOSE, "").problem()).isEqualTo("400 MALFORMED");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        var large = "x".repeat(Body.LIMIT + 1);

        assertThat(member.post("/v1/runs", Api.JOSE, large).problem()).isEqualTo("413 BODY_TOO_LARGE");
        assertThat(member.post("/v1/rooms/x/policies", Api.JSON, large).problem())
                .isEqualTo("413 BODY_TOO_LARGE");
        assertThat(host.post("/v1/host/claims", Api.JSON, large).problem()).isEqualTo("413 BODY_TOO_LARGE");
    }

    @Test
    void refusesJsonThatIsNotExactlyAMessage() {
        for (var body : new String[] {
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{\"host\":1}",
            "{\"host\":null}",
            "{\"host\":\"a\",\"admin\":true}",
            "{\"host\":\"a\",\"host\":\"b\"}",
            "{\"host\":\"a\"} x",
            "{\"host\":\"a b\"}",
            "{\"host\":\"\\ud800\"}",
            "[".repeat(100_000),
            "{\"host\":".repeat(1000) + "1" + "}".repeat(1000),
        }) {
            var answer = host.post("/v1/host/claims", Api.JSON, body);
            assertThat(answer.problem())
                    .as(body.substring(0, Math.min(40, body.length())))
                    .isEqualTo("400 MALFORMED");
            assertThat(answer.text()).doesNotContain("Exception", "\tat ", "jackson");
        }
    }

    @Test
    void overridesNoMethodByAHeader() {
        var answer = member.get("/v1/rooms", "X-HTTP-Method-Override", "DELETE");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void sendsTheHeadersThatKeepBrowsersHonest() {
        for (var answer : new Api.Answer[] {
            member.get("/v1/rooms"), member.get("/v1/nothing"), Api.anonymous().get("/v1/log/key")
        }) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        }
    }

    @Test
    void letsOnlyPagesOfNamedPortalsCall() {
        var ours = preflight(Surroundings.PORTAL);
        var others = preflight("https://evil.example");
        var answer = member.get("/v1/rooms", "Origin", Surroundings.PORTAL);

        assertThat(ours.header("Access-Control-Allow-Origin")).isEqualTo(Surroundings.PORTAL);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("Upload-Offset");
        assertThat(others.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(member.get("/v1/rooms", "Origin", "https://evil.example").status())
                .isEqualTo(403);
    }

    private static Api.Answer preflight(String origin) {
        return Api.anonymous()
                .send(
                        "OPTIONS",
                        "/v1/uploads",
                        HttpRequest.BodyPublishers.noBody(),
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "PATCH",
                        "Access-Control-Request-Headers",
                        "authorization,tus-resumable,upload-offset");
    }

    @Test
    void tellsHowItIsWithoutAToken() {
        TestRoom.expect(200, Api.anonymous().get("/q/health/ready"));
        TestRoom.expect(200, Api.anonymous().get("/q/health/live"));
        assertThat(Api.anonymous().get("/q/health").text()).contains("\"objects\"", "Database connections");
        assertThat(Api.anonymous().get("/q/metrics").text())
                .contains("http_server_requests_seconds", "parley_runs{state=\"QUEUED\"");
        assertThat(Api.anonymous().get("/q/openapi").text())
                .contains(
                        "/v1/rooms/{room}/policies", "/v1/runs/{run}/events", "/v1/host/claims", "/v1/log/checkpoint");
    }

    @Test
    void hasARowForEveryCodeInTheTableOfErrors() throws IOException {
        var table = Files.readString(Path.of("../../docs/errors.md"));

        assertThat(Arrays.stream(ProblemCode.values()).map(code -> "| `" + code.name() + "` |"))
                .allSatisfy(row -> assertThat(table).contains(row));
    }
}
