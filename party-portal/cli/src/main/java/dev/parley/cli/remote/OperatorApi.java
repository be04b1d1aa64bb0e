package dev.parley.cli.remote;

import static dev.parley.cli.remote.ServiceName.OPERATOR;

import dev.parley.cli.console.Failure;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.ApprovalList;
import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.protocol.wire.ReceiptView;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunView;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The operator's API, as far as a party's member calls it. */
public final class OperatorApi {
    private final Sessions sessions;
    private final URI base;

    OperatorApi(Sessions sessions, URI base) {
        this.sessions = sessions;
        this.base = base;
    }

    public URI uploads() {
        return URI.create(base + "/v1/uploads");
    }

    public String token() throws Failure {
        return sessions.token(OPERATOR);
    }

    /** What a refusal means that came by another way than this class. */
    public static Failure refusal(URL url, int status) {
        return Http.failure(URI.create(url.getProtocol() + "://" + url.getAuthority()), status, Bytes.empty());
    }

    public PolicyView publish(PolicyBundle bundle) throws Failure {
        return sessions.http()
                .send(
                        post("/v1/rooms/" + bundle.room() + "/policies", "application/json", bundle.canonical()),
                        PolicyView::read);
    }

    public void approve(RoomId room, int version, Jws approval) throws Failure {
        sessions.http().send(post(approvals(room, version), "application/jose", Bytes.utf8(approval.compact())));
    }

    public List<String> approvalsOf(RoomId room, int version) throws Failure {
        return sessions.http()
                .send(get(approvals(room, version)), ApprovalList::read)
                .approvals();
    }

    public DatasetVersionView announce(RoomId room, DatasetId dataset, Jws manifest) throws Failure {
        var path = "/v1/rooms/" + room + "/datasets/" + dataset + "/versions";
        return sessions.http()
                .send(post(path, "application/jose", Bytes.utf8(manifest.compact())), DatasetVersionView::read);
    }

    public DatasetList datasets(RoomId room) throws Failure {
        return sessions.http().send(get("/v1/rooms/" + room + "/datasets"), DatasetList::read);
    }

    public RunView submit(Jws runRequest) throws Failure {
        return sessions.http()
                .send(post("/v1/runs", "application/jose", Bytes.utf8(runRequest.compact())), RunView::read);
    }

    public RunView run(String run) throws Failure {
        return sessions.http().send(get(path(run, "")), RunView::read);
    }

    public RunPage runs(Optional<String> room, Optional<String> cursor, int limit) throws Failure {
        var query = "?limit=" + limit
                + room.map(r -> "&room=" + encode(r)).orElse("")
                + cursor.map(c -> "&cursor=" + encode(c)).orElse("");
        return sessions.http().send(get("/v1/runs" + query), RunPage::read);
    }

    public Bytes result(String run) throws Failure {
        return sessions.http().send(get(path(run, "/result")));
    }

    public ReceiptView receipt(String run) throws Failure {
        return sessions.http().send(get(path(run, "/receipt")), ReceiptView::read);
    }

    private HttpRequest get(String path) throws Failure {
        return sessions.request(OPERATOR, base, path).GET().build();
    }

    private HttpRequest post(String path, String type, Bytes body) throws Failure {
        return sessions.request(OPERATOR, base, path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body.toArray()))
                .build();
    }

    private static String approvals(RoomId room, int version) {
        return "/v1/rooms/" + room + "/policies/" + version + "/approvals";
    }

    private static String path(String run, String part) {
        return "/v1/runs/" + encode(run) + part;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
