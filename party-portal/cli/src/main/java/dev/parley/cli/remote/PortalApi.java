package dev.parley.cli.remote;

import static dev.parley.cli.remote.ServiceName.PORTAL;

import dev.parley.cli.console.Failure;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.protocol.wire.HeldDataset;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.SignedPolicy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** The party's own portal, as far as its members call it. */
public final class PortalApi {
    private final Sessions sessions;
    private final URI base;

    PortalApi(Sessions sessions, URI base) {
        this.sessions = sessions;
        this.base = base;
    }

    /** Puts a policy and this party's approvals on its own record. */
    public void sign(PolicyBundle bundle, List<Jws> approvals) throws Failure {
        var body = new SignedPolicy(
                bundle.canonical().base64Url(),
                approvals.stream().map(Jws::compact).toList());
        sessions.http()
                .send(json("/v1/rooms/" + bundle.room() + "/policies")
                        .POST(body(body))
                        .build());
    }

    /** Gives the broker the key of a dataset version. */
    public void hold(SealedVersion sealed, Jws manifest, WrappedDatasetKey key) throws Failure {
        var path = "/v1/rooms/" + sealed.room() + "/datasets/" + sealed.dataset() + "/versions/" + sealed.version();
        var body = new HeldDataset(manifest.compact(), key.json().canonical().base64Url());
        sessions.http().send(json(path).PUT(body(body)).build());
    }

    public BudgetView budget() throws Failure {
        return sessions.http()
                .send(sessions.request(PORTAL, base, "/v1/budget").GET().build(), BudgetView::read);
    }

    private HttpRequest.Builder json(String path) throws Failure {
        return sessions.request(PORTAL, base, path).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(Message message) {
        return BodyPublishers.ofByteArray(message.json().canonical().toArray());
    }
}
