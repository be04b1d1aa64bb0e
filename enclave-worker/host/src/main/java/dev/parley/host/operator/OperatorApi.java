package dev.parley.host.operator;

import dev.parley.host.web.Web;
import dev.parley.host.web.Web.Bounds;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.wire.ClaimRequest;
import dev.parley.protocol.wire.ConsistencyProof;
import dev.parley.protocol.wire.LeaseRenewal;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.protocol.wire.StepReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The calls that a host makes to the operator's API. */
public final class OperatorApi {
    /** No answer is larger than a claim with all of its statements, or a range of ciphertext. */
    private static final int MAX_BODY = 16 << 20;
    /** For what the host does on its own account. */
    private static final Bounds PATIENT = new Bounds(Duration.ofSeconds(30), MAX_BODY);
    /** For what an enclave waits for ({@code enclave-channel.md} §2), alone or after a broker and a new token. */
    private static final Bounds PROMPT = new Bounds(Duration.ofSeconds(6), MAX_BODY);
    /** For a range of ciphertext, which comes after nothing but a new token. */
    private static final Bounds RANGE = new Bounds(Duration.ofSeconds(18), MAX_BODY);
    /** Whatever is sent again, these statuses come again. */
    private static final Set<Integer> FINAL = Set.of(400, 413, 415, 422);

    private final Web web;
    private final URI base;
    private final AccessTokens tokens;

    public OperatorApi(Web web, URI base, AccessTokens tokens) {
        this.web = web;
        this.base = base;
        this.tokens = tokens;
    }

    /** The next run to work on, if there is one. */
    public Optional<RunClaim> claim(String host) throws IOException, InterruptedException {
        var response = send(post("/v1/host/claims", new ClaimRequest(host)), PATIENT);
        return response.statusCode() == 204 ? Optional.empty() : Optional.of(parse(response, RunClaim::read));
    }

    public void renew(RunClaim claim) throws IOException, InterruptedException {
        send(post(lease(claim) + "/renewals", new LeaseRenewal(claim.fencingToken())), PATIENT);
    }

    public void report(RunClaim claim, StepReport step) throws IOException, InterruptedException {
        send(post(lease(claim) + "/steps", step), PROMPT);
    }

    public void report(RunClaim claim, OutcomeReport outcome) throws IOException, InterruptedException {
        var request = request(lease(claim) + "/outcome").header("Content-Type", "application/json");
        send(request.PUT(body(outcome)), PATIENT);
    }

    public ConsistencyProof consistency(long from, long to) throws IOException, InterruptedException {
        var path = "/v1/log/proofs/consistency?from=" + from + "&to=" + to;
        return parse(send(request(path).GET(), PROMPT), ConsistencyProof::read);
    }

    /** A range of a dataset's ciphertext. */
    public Bytes ciphertext(String path, long offset, int length) throws IOException, InterruptedException {
        var range = "bytes=" + offset + "-" + (offset + length - 1);
        var response = send(request(path).header("Range", range).GET(), RANGE);
        if (response.statusCode() != 206 || response.body().length != length) {
            throw new IOException("the API sent another range than was asked for");
        }
        return Bytes.takeOwnershipOf(response.body());
    }

    private static String lease(RunClaim claim) {
        return "/v1/host/claims/" + claim.lease();
    }

    private HttpRequest.Builder post(String path, Message message) throws IOException, InterruptedException {
        return request(path).header("Content-Type", "application/json").POST(body(message));
    }

    private static HttpRequest.BodyPublisher body(Message message) {
        return BodyPublishers.ofByteArray(message.json().canonical().toArray());
    }

    private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + tokens.current());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Bounds bounds)
            throws IOException, InterruptedException {
        var response = web.send(request.build(), bounds);
        if (response.statusCode() == 409) {
            throw new LeaseLost();
        }
        if (FINAL.contains(response.statusCode())) {
            throw new ApiRefused(response.statusCode());
        }
        if (response.statusCode() / 100 != 2) {
            throw new IOException("the API answered " + response.statusCode());
        }
        return response;
    }

    private static <T> T parse(HttpResponse<byte[]> response, Fields.Reader<T> reader) throws IOException {
        try {
            return Message.parse(Bytes.takeOwnershipOf(response.body()), reader);
        } catch (Malformed e) {
            throw new IOException("the API sent another message than expected", e);
        }
    }
}
