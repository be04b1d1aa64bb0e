package dev.parley.policy.run;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.query.QueryRequest;
import dev.parley.policy.run.RunVerdict.Reason;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Verifies one run against one bundle. Whether the bundle is approved is the caller's to know. */
public final class RunVerifier {
    private final PolicyBundle bundle;

    public RunVerifier(PolicyBundle bundle) {
        this.bundle = bundle;
    }

    /** Carries a reason out of nested checks; never leaves this class. */
    private static final class Rejection extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        Rejection(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }
    }

    /**
     * Checks request, policy and manifests, in this order.
     *
     * @param manifests one per dataset of the request, in its order
     * @param at the time: of a broker's clock, or what the brokers tell the enclave
     */
    public RunVerdict verify(Jws signedRequest, List<Jws> manifests, Instant at) {
        try {
            var request = verifyRequest(signedRequest, at);
            var query = QueryRequest.of(request, at);
            return switch (PolicyChecker.check(bundle, query)) {
                case Decision.Refused(var refusal) -> new RunVerdict.Forbidden(refusal);
                case Decision.Allowed(var limits) -> {
                    requireDatasets(request, query);
                    var verified = verifyManifests(request, manifests);
                    var template = bundle.template(query.template()).orElseThrow();
                    var bound = template.bind(query.parameters());
                    yield new RunVerdict.Accepted(new VerifiedRun(bundle, request, bound, verified, limits));
                }
            };
        } catch (Rejection e) {
            return new RunVerdict.Rejected(e.reason);
        } catch (Malformed e) {
            return new RunVerdict.Rejected(Reason.RUN_REQUEST_REFUSED);
        }
    }

    private RunRequest verifyRequest(Jws signed, Instant at) throws Rejection, Malformed {
        var party = RunRequest.unverifiedClaim(signed).party();
        var key = bundle.party(party).flatMap(p -> p.key(KeyUse.RUN, signed.signer()));
        var request = readRequest(signed, key);
        if (!request.party().equals(party)) {
            throw new Rejection(Reason.RUN_REQUEST_REFUSED);
        }
        if (!request.room().equals(bundle.room()) || !request.policy().equals(bundle.digest())) {
            throw new Rejection(Reason.RUN_REQUEST_POLICY_MISMATCH);
        }
        if (!request.validity().covers(at)) {
            throw new Rejection(Reason.RUN_REQUEST_NOT_VALID_NOW);
        }
        return request;
    }

    private static RunRequest readRequest(Jws signed, Optional<PartyKey> key) throws Rejection, Malformed {
        try {
            var runKey = key.orElseThrow(() -> new Rejection(Reason.RUN_REQUEST_REFUSED));
            return RunRequest.read(signed, runKey.verificationKey());
        } catch (BadSignature e) {
            throw new Rejection(Reason.RUN_REQUEST_REFUSED);
        }
    }

    private static void requireDatasets(RunRequest request, QueryRequest query) throws Rejection {
        var named =
                request.query().datasets().stream().map(DatasetVersion::dataset).toList();
        if (named.size() != query.plan().datasets().size()
                || !Set.copyOf(named).equals(Set.copyOf(query.plan().datasets()))) {
            throw new Rejection(Reason.RUN_REQUEST_DATASETS_MISMATCH);
        }
    }

    private List<DatasetManifest> verifyManifests(RunRequest request, List<Jws> signed) throws Rejection {
        var wanted = request.query().datasets();
        if (signed.size() != wanted.size()) {
            throw new Rejection(Reason.MANIFEST_REFUSED);
        }
        List<DatasetManifest> manifests = new ArrayList<>();
        for (var i = 0; i < wanted.size(); i++) {
            var dataset =
                    bundle.dataset(wanted.get(i).dataset()).orElseThrow(() -> new Rejection(Reason.MANIFEST_REFUSED));
            var manifest = verifyManifest(dataset, signed.get(i));
            if (!manifest.reference().equals(wanted.get(i))) {
                throw new Rejection(Reason.MANIFEST_REFUSED);
            }
            manifests.add(manifest);
        }
        return manifests;
    }

    /** A manifest of this dataset, signed by a steward of its owner and sealed with the declared columns. */
    private DatasetManifest verifyManifest(Dataset dataset, Jws signed) throws Rejection {
        try {
            var steward = bundle.party(dataset.owner())
                    .flatMap((Party owner) -> owner.key(KeyUse.STEWARD, signed.signer()))
                    .orElseThrow(() -> new Rejection(Reason.MANIFEST_REFUSED));
            var manifest = DatasetManifest.read(signed, steward.verificationKey());
            if (!manifest.room().equals(bundle.room())
                    || !manifest.dataset().equals(dataset.id())
                    || !manifest.party().equals(dataset.owner())
                    || !manifest.lineage().equals(dataset.lineage())) {
                throw new Rejection(Reason.MANIFEST_REFUSED);
            }
            if (!columns(manifest.schema()).equals(columns(dataset))) {
                throw new Rejection(Reason.SCHEMA_MISMATCH);
            }
            return manifest;
        } catch (BadSignature | Malformed e) {
            throw new Rejection(Reason.MANIFEST_REFUSED);
        }
    }

    private static Set<String> columns(Schema schema) {
        return schema.columns().stream()
                .map(column -> column.name() + " " + column.type().print())
                .collect(Collectors.toSet());
    }

    private static Set<String> columns(Dataset dataset) {
        return dataset.columns().stream()
                .map(column -> column.name() + " " + column.type().text())
                .collect(Collectors.toSet());
    }
}
