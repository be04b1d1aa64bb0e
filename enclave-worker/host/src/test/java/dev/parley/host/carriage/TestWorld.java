package dev.parley.host.carriage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.host.operator.AccessTokens;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.web.Web;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.Problem;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.protocol.wire.StepReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The operator's API and the parties' brokers behind one real HTTP server, answering as {@code API.md} says. */
final class TestWorld implements AutoCloseable {
    static final byte[] CIPHERTEXT = new byte[4_096];
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SampleRoom ROOM = SampleRoom.create(RANDOM);

    static {
        RANDOM.nextBytes(CIPHERTEXT);
    }

    final List<StepReport> steps = new CopyOnWriteArrayList<>();
    final List<OutcomeReport> outcomes = new CopyOnWriteArrayList<>();
    final List<String> paths = new CopyOnWriteArrayList<>();
    /** In place of the honest answer to a path that ends in the key. */
    final Map<String, Answer> instead = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Web web = new Web(http);
    private final HttpServer server;

    TestWorld() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    static Answer status(int status) {
        return exchange -> send(exchange, status, Bytes.empty());
    }

    static Answer problem(int status, String code) {
        var problem = new Problem("https://parley.dev/errors/" + code, "No", status, code, "");
        return exchange -> send(exchange, status, problem.json().canonical());
    }

    static void send(HttpExchange exchange, int status, Bytes body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        exchange.getResponseBody().write(body.toArray());
        exchange.close();
    }

    OperatorApi operator() {
        var credentials = new AccessTokens.Credentials(base().resolve("/token"), "host", "secret");
        return new OperatorApi(web, base(), new AccessTokens(web, credentials, InstantSource.system()));
    }

    RunClaim claim() {
        return claim(bundle().canonical().base64Url());
    }

    RunClaim claim(String bundle) {
        return new RunClaim(
                "run",
                "lease",
                7,
                "2026-06-01T12:00:00Z",
                bundle,
                List.of("a.b.c"),
                "run-request",
                List.of(manifest().compact()),
                "checkpoint",
                Json.object().put("parley", "configuration/1").build());
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The sample's, with brokers at this server. */
    private PolicyBundle bundle() {
        var sample = ROOM.bundle();
        var parties = sample.parties().stream()
                .map(party -> new Party(
                        party.id(),
                        party.name(),
                        party.rootKey(),
                        base().resolve("/" + party.id() + "/"),
                        party.keys(),
                        party.quorum()))
                .toList();
        return new PolicyBundle(
                sample.room(),
                sample.name(),
                sample.purpose(),
                sample.version(),
                sample.previous(),
                sample.validFrom(),
                sample.validUntil(),
                sample.referenceValues(),
                sample.log(),
                parties,
                sample.datasets(),
                sample.privacy(),
                sample.templates());
    }

    private static Jws manifest() {
        var customers = SampleTemplates.customers();
        return new DatasetManifest(
                        new SealedVersion(ROOM.bundle().room(), customers.id(), 3, customers.owner()),
                        new LineageId("shoppers"),
                        TrustDomain.SIMULATED,
                        new Schema(List.of(new Schema.Column("email", new ColumnType.Identity()))),
                        new SealedCiphertext(
                                CIPHERTEXT.length,
                                new CiphertextDigest(Sha256Digest.of(Bytes.copyOf(CIPHERTEXT))),
                                Bytes.copyOf(new byte[SealedCiphertext.SALT_SIZE]),
                                Bytes.copyOf(new byte[SealedCiphertext.COMMITMENT_SIZE])),
                        SampleRoom.NOW)
                .sign(ROOM.retailer().steward());
    }

    private void serve(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        paths.add(path);
        var other = instead.entrySet().stream()
                .filter(entry -> path.endsWith(entry.getKey()))
                .findFirst();
        try {
            if (other.isPresent()) {
                other.get().getValue().to(exchange);
            } else {
                send(exchange, path.endsWith("/ciphertext") ? 206 : 200, honestly(exchange, path));
            }
        } catch (Malformed e) {
            send(exchange, 400, Bytes.empty());
        }
    }

    private Bytes honestly(HttpExchange exchange, String path) throws IOException, Malformed {
        var body = Bytes.takeOwnershipOf(exchange.getRequestBody().readAllBytes());
        if (path.endsWith("/token")) {
            return Bytes.utf8("{\"access_token\":\"t\",\"expires_in\":300}");
        }
        if (path.endsWith("/steps")) {
            steps.add(Message.parse(body, StepReport::read));
        }
        if (path.endsWith("/outcome")) {
            outcomes.add(Message.parse(body, OutcomeReport::read));
        }
        if (path.endsWith("/consistency")) {
            return Bytes.utf8("{\"proof\":[\"" + "ab".repeat(32) + "\"]}");
        }
        if (path.endsWith("/ciphertext")) {
            var range =
                    exchange.getRequestHeaders().getFirst("Range").substring(6).split("-", 2);
            return Bytes.copyOf(
                    Arrays.copyOfRange(CIPHERTEXT, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1));
        }
        return Bytes.utf8("said." + path.substring(path.lastIndexOf('/') + 1) + "."
                + Sha256Digest.of(Bytes.utf8(new String(body.toArray(), StandardCharsets.UTF_8)))
                        .hex());
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
