package dev.parley.cli.testing;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.ApprovalList;
import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.protocol.wire.DatasetView;
import dev.parley.protocol.wire.PolicyState;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.protocol.wire.ReceiptView;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import dev.parley.protocol.wire.VersionState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An operator's API with one room, as far as the command line calls it. */
public final class TestOperator implements AutoCloseable {
    public static final String RUN = "6e1f2a34-0000-4000-8000-000000000001";

    private final TestRealm realm;
    private final TestEnclave enclave;
    private final List<String> approvals = new CopyOnWriteArrayList<>();
    private final List<DatasetView> datasets = new CopyOnWriteArrayList<>();
    private final Map<String, String> metadata = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
    private final List<Integer> cuts = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Loopback loopback;
    private Optional<PolicyBundle> bundle = Optional.empty();
    private Optional<Jws> request = Optional.empty();
    private Optional<TestEnclave.Answer> answer = Optional.empty();
    private RunState outcome = RunState.DELIVERED;
    private int refusedAtTheEnd;

    public TestOperator(TestRealm realm, TestEnclave enclave) throws IOException {
        this.realm = realm;
        this.enclave = enclave;
        this.loopback = Loopback.start(this::handle);
    }

    public URI uri() {
        return loopback.uri();
    }

    /** Breaks the next upload requests off after so many bytes each. */
    public void cutAfter(Integer... bytes) {
        cuts.addAll(List.of(bytes));
    }

    /** Answers the last part of an upload with this status. */
    public void refuseUploadWith(int status) {
        refusedAtTheEnd = status;
    }

    public void endRunsAs(RunState state) {
        outcome = state;
    }

    public Bytes uploaded() {
        return Bytes.copyOf(uploaded.toByteArray());
    }

    public String metadata() {
        return String.valueOf(metadata.get("upload"));
    }

    /** The requests so far. */
    public List<String> lines() {
        return lines;
    }

    public List<String> approvals() {
        return approvals;
    }

    /** Has this policy in force. */
    public void take(PolicyBundle policy) {
        bundle = Optional.of(policy);
    }

    /** Lists a dataset version that some party sealed. */
    public void list(Jws manifest, VersionState state) throws Exception {
        var claim = DatasetManifest.parse(
                Json.parseCanonical(manifest.unverifiedPayload()).asObject());
        datasets.removeIf(view -> view.dataset().equals(claim.dataset().value()));
        datasets.add(new DatasetView(
                claim.dataset().value(), claim.party().value(), List.of(version(claim, manifest, state))));
    }

    /** Serves another result than the one that left the enclave. */
    public void swapResult(Bytes sealed) {
        answer = answer.map(a -> new TestEnclave.Answer(a.receipt(), a.evidence(), Map.of("retailer", sealed)));
    }

    public Bytes result() {
        return java.util.Objects.requireNonNull(answer.orElseThrow().sealed().get("retailer"));
    }

    private void handle(Exchange exchange) throws Exception {
        lines.add(exchange.line());
        if (!realm.accepts(exchange)) {
            exchange.refuse(401, "UNAUTHENTICATED");
            return;
        }
        var line = exchange.line();
        if (line.contains("/v1/uploads")) {
            upload(exchange);
        } else if (line.contains("/v1/runs")) {
            run(exchange);
        } else {
            room(exchange);
        }
    }

    private void room(Exchange exchange) throws Exception {
        switch (exchange.line()) {
            case "POST /v1/rooms/retail-media/policies" -> {
                bundle = Optional.of(PolicyBundle.parse(exchange.body()));
                var digest = bundle.get().digest().hex();
                exchange.answer(201, new PolicyView(1, digest, PolicyState.PROPOSED, approvals.size()).json());
            }
            case "POST /v1/rooms/retail-media/policies/1/approvals" -> {
                approvals.add(exchange.text());
                exchange.answer(201, Json.object().build());
            }
            case "GET /v1/rooms/retail-media/policies/1/approvals" ->
                exchange.answer(200, new ApprovalList(approvals).json());
            case "POST /v1/rooms/retail-media/datasets/customers/versions" -> {
                var manifest = Jws.parse(exchange.text());
                list(manifest, VersionState.AWAITING_UPLOAD);
                exchange.answer(201, datasets.getLast().versions().getFirst().json());
            }
            case "GET /v1/rooms/retail-media/datasets" -> exchange.answer(200, new DatasetList(datasets).json());
            default -> exchange.refuse(404, "NOT_FOUND");
        }
    }

    private void upload(Exchange exchange) throws IOException {
        exchange.with("Tus-Resumable", "1.0.0");
        switch (exchange.line()) {
            case "POST /v1/uploads" -> {
                metadata.put("upload", exchange.header("Upload-Metadata"));
                metadata.put("length", exchange.header("Upload-Length"));
                exchange.with("Location", "/v1/uploads/1").answer(201, Bytes.empty());
            }
            case "HEAD /v1/uploads/1" ->
                exchange.with("Upload-Offset", Integer.toString(uploaded.size()))
                        .answer(200, Bytes.empty());
            case "PATCH /v1/uploads/1" -> append(exchange);
            default -> exchange.refuse(404, "NOT_FOUND");
        }
    }

    private void append(Exchange exchange) throws IOException {
        if (Integer.parseInt(exchange.header("Upload-Offset")) != uploaded.size()) {
            exchange.refuse(409, "UPLOAD_OFFSET");
            return;
        }
        if (!cuts.isEmpty()) {
            uploaded.writeBytes(exchange.bodyStart(cuts.removeFirst()));
            exchange.cut();
            return;
        }
        uploaded.writeBytes(exchange.body().toArray());
        if (refusedAtTheEnd > 0) {
            exchange.refuse(refusedAtTheEnd, "UPLOAD_DIGEST_MISMATCH");
            return;
        }
        exchange.with("Upload-Offset", Integer.toString(uploaded.size())).answer(204, Bytes.empty());
    }

    private void run(Exchange exchange) throws Exception {
        switch (exchange.line()) {
            case "POST /v1/runs" -> {
                request = Optional.of(Jws.parse(exchange.text()));
                answer = Optional.of(enclave.answer(bundle.orElseThrow(), request.get()));
                exchange.answer(202, view(RunState.QUEUED).json());
            }
            case "GET /v1/runs" -> exchange.answer(200, new RunPage(List.of(view(outcome)), null).json());
            case "GET /v1/runs/" + RUN -> exchange.answer(200, view(outcome).json());
            case "GET /v1/runs/" + RUN + "/result" -> exchange.answer(200, result());
            case "GET /v1/runs/" + RUN + "/receipt" ->
                exchange.answer(
                        200,
                        new ReceiptView(
                                        answer.orElseThrow().receipt().base64Url(),
                                        answer.orElseThrow().evidence().base64Url(),
                                        request.orElseThrow().compact())
                                .json());
            default -> exchange.refuse(404, "NOT_FOUND");
        }
    }

    private static RunView view(RunState state) {
        @Nullable String code = state == RunState.REFUSED ? "BUDGET_EXHAUSTED" : null;
        return new RunView(
                RUN,
                "retail-media",
                "campaign-reach",
                "retailer",
                state,
                "",
                code,
                1,
                "2026-11-22T12:00:00Z",
                null,
                null,
                null);
    }

    private static DatasetVersionView version(DatasetManifest manifest, Jws statement, VersionState state) {
        return new DatasetVersionView(
                manifest.dataset().value(),
                manifest.version(),
                manifest.party().value(),
                manifest.digest().hex(),
                statement.compact(),
                state,
                "2026-11-22T12:00:00Z");
    }

    @Override
    public void close() {
        loopback.close();
    }
}
