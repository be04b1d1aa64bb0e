package dev.parley.server.runs;

import dev.parley.policy.check.Refusal;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.datasets.Datasets;
import dev.parley.server.http.Outcome;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.rooms.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes up run requests. The early answer is the verdict of the same verifier that brokers and enclaves use, on the
 * operator's view of things.
 */
@ApplicationScoped
class Submission {
    private final Rooms rooms;
    private final Datasets datasets;
    private final Queue queue;
    private final InstantSource time;

    Submission(Rooms rooms, Datasets datasets, Queue queue, InstantSource time) {
        this.rooms = rooms;
        this.datasets = datasets;
        this.queue = queue;
        this.time = time;
    }

    @Transactional
    Outcome<RunView> submit(Jws signed, PartyId by) throws Malformed {
        var claim = RunRequest.unverifiedClaim(signed);
        rooms.requireVisible(claim.room(), by);
        if (!claim.party().equals(by)) {
            throw Refused.with(ProblemCode.RUN_REQUEST_OTHER_PARTY, "party is not that of the token");
        }
        queue.lock(claim.room());
        var known = queue.find(Sha384Digest.of(signed.unverifiedPayload()), by);
        if (known.isPresent()) {
            return new Outcome<>(known.get().view(), false);
        }
        queue.requireRoom(by);
        var run = verify(signed, claim.room());
        return new Outcome<>(queue.add(run, signed, answerKey(run.request())).view(), true);
    }

    private VerifiedRun verify(Jws signed, RoomId room) throws Malformed {
        var bundle = rooms.requireActive(room).bundle();
        // The names of datasets only look manifests up; the verifier reads the request again, signature first.
        var wanted = Json.parseCanonical(signed.unverifiedPayload())
                .asObject()
                .fields()
                .objects("datasets", DatasetVersion::read);
        var manifests = new ArrayList<Jws>();
        for (var version : wanted) {
            var manifest = datasets.readyManifest(room, version);
            if (manifest.isPresent()) {
                manifests.add(Jws.parse(manifest.get()));
            }
        }
        var verdict = new RunVerifier(bundle).verify(signed, manifests, time.instant());
        return switch (verdict) {
            case RunVerdict.Accepted(var run) -> run;
            case RunVerdict.Forbidden(var refusal) -> throw forbidden(refusal);
            case RunVerdict.Rejected(var reason)
            when manifests.size() < wanted.size() && reason == RunVerdict.Reason.MANIFEST_REFUSED ->
                throw Refused.with(ProblemCode.DATASET_NOT_READY, "a dataset version is unknown or awaits its upload");
            case RunVerdict.Rejected(var reason) ->
                throw Refused.byPolicy(reason.name(), "the run request, docs/errors.md says more");
        };
    }

    private static Refused forbidden(Refusal refusal) {
        return Refused.byPolicy(
                refusal.code().name(),
                refusal.rule()
                        + refusal.party().map(p -> " of " + p).orElse("")
                        + refusal.column().map(c -> ", column " + c).orElse("")
                        + "; allowed would be: " + refusal.nearest());
    }

    /** Names what a result answers: the same query on the same data, for the same recipients, under the same policy. */
    private static Sha384Digest answerKey(RunRequest request) {
        var query = request.query();
        List<String> recipients =
                request.recipients().stream().map(PartyId::value).sorted().toList();
        return Sha384Digest.of(Json.object()
                .put("parley", "answer-key/1")
                .put("room", request.room().value())
                .put("policy", request.policy().hex())
                .put("template", query.template().value())
                .put("plan", query.plan())
                .put("parameters", query.parameters())
                .put("datasets", Json.array(query.datasets(), DatasetVersion::json))
                .put("recipients", Json.strings(recipients))
                .build());
    }
}
