package dev.parley.enclave.scene;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.Checkpoint;
import java.util.List;
import java.util.Optional;

/** What a host hands in at the start. */
public record Handed(
        Bytes bundle,
        List<Jws> approvals,
        Jws runRequest,
        List<Jws> manifests,
        Json.Obj configuration,
        String checkpoint,
        Optional<ParentRole> role) {

    static Handed honestly(Scene scene) {
        var room = scene.room();
        var manifests = List.of(
                scene.data().get(0).manifest().sign(room.retailer().steward()),
                scene.data().get(1).manifest().sign(room.publisher().steward()));
        return new Handed(
                scene.bundle().canonical(),
                room.approvals(scene.bundle()),
                scene.request().sign(room.publisher().run()),
                manifests,
                configuration(100, 2, 256),
                Checkpoint.sign(scene.tree().head(), scene.log()).note(),
                Optional.of(Scene.ROLE));
    }

    public static Json.Obj configuration(long slotMillis, long threads, long memory) {
        return Json.object()
                .put("parley", "configuration/1")
                .put("slotMillis", slotMillis)
                .put("engineThreads", threads)
                .put("engineMemoryMiB", memory)
                .build();
    }

    public Handed withBundle(Bytes other) {
        return new Handed(other, approvals, runRequest, manifests, configuration, checkpoint, role);
    }

    public Handed withApprovals(List<Jws> others) {
        return new Handed(bundle, others, runRequest, manifests, configuration, checkpoint, role);
    }

    public Handed withRunRequest(Jws other) {
        return new Handed(bundle, approvals, other, manifests, configuration, checkpoint, role);
    }

    public Handed withManifests(List<Jws> others) {
        return new Handed(bundle, approvals, runRequest, others, configuration, checkpoint, role);
    }

    public Handed withConfiguration(Json.Obj other) {
        return new Handed(bundle, approvals, runRequest, manifests, other, checkpoint, role);
    }

    public Handed withCheckpoint(String other) {
        return new Handed(bundle, approvals, runRequest, manifests, configuration, other, role);
    }

    public Handed withRole(Optional<ParentRole> other) {
        return new Handed(bundle, approvals, runRequest, manifests, configuration, checkpoint, other);
    }

    Cbor.Builder answer() {
        return Cbor.map()
                .put("bundle", bundle)
                .put("approvals", texts(approvals))
                .put("runRequest", runRequest.compact())
                .put("manifests", texts(manifests))
                .put("configuration", configuration.canonical())
                .put("checkpoint", checkpoint)
                .put("role", role.<Cbor>map(given -> Cbor.of(given.text())).orElseGet(Cbor.Null::new));
    }

    private static Cbor.Arr texts(List<Jws> statements) {
        return new Cbor.Arr(statements.stream().map(s -> Cbor.of(s.compact())).toList());
    }
}
