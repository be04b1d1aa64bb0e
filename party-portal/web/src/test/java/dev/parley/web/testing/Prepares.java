package dev.parley.web.testing;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.PrepareRequest;
import java.util.List;
import java.util.function.UnaryOperator;

/** Each changes one member of a prepare. */
public final class Prepares {
    private Prepares() {}

    public static UnaryOperator<PrepareRequest> evidence(Bytes evidence) {
        return p -> new PrepareRequest(evidence, p.runRequest(), p.policy(), p.manifests(), p.configuration(), p.log());
    }

    public static UnaryOperator<PrepareRequest> runRequest(Jws request) {
        return p -> new PrepareRequest(p.evidence(), request, p.policy(), p.manifests(), p.configuration(), p.log());
    }

    public static UnaryOperator<PrepareRequest> policy(Bytes bundle, List<Jws> approvals) {
        return p -> new PrepareRequest(
                p.evidence(),
                p.runRequest(),
                new PrepareRequest.Policy(bundle, approvals),
                p.manifests(),
                p.configuration(),
                p.log());
    }

    public static UnaryOperator<PrepareRequest> manifests(List<Jws> manifests) {
        return p -> new PrepareRequest(p.evidence(), p.runRequest(), p.policy(), manifests, p.configuration(), p.log());
    }

    public static UnaryOperator<PrepareRequest> configuration(Json.Obj configuration) {
        return p -> new PrepareRequest(p.evidence(), p.runRequest(), p.policy(), p.manifests(), configuration, p.log());
    }

    public static UnaryOperator<PrepareRequest> log(String checkpoint, List<Sha256Digest> proof) {
        return p -> new PrepareRequest(
                p.evidence(),
                p.runRequest(),
                p.policy(),
                p.manifests(),
                p.configuration(),
                new PrepareRequest.LogView(checkpoint, proof));
    }
}
