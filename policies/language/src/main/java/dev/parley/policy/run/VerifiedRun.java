package dev.parley.policy.run;

import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.sealing.DatasetManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run whose request and manifests are signed and whose query the policy allows. Only {@link RunVerifier} makes one. */
public final class VerifiedRun {
    private final PolicyBundle bundle;
    private final RunRequest request;
    private final BoundQuery query;
    private final List<DatasetManifest> manifests;
    private final EffectiveLimits limits;

    VerifiedRun(
            PolicyBundle bundle,
            RunRequest request,
            BoundQuery query,
            List<DatasetManifest> manifests,
            EffectiveLimits limits) {
        this.bundle = bundle;
        this.request = request;
        this.query = query;
        this.manifests = List.copyOf(manifests);
        this.limits = limits;
    }

    public PolicyBundle bundle() {
        return bundle;
    }

    public RunRequest request() {
        return request;
    }

    public BoundQuery query() {
        return query;
    }

    /** In the order of the request. */
    public List<DatasetManifest> manifests() {
        return manifests;
    }

    public EffectiveLimits limits() {
        return limits;
    }

    public DatasetManifest manifest(DatasetId dataset) {
        return manifests.stream()
                .filter(manifest -> manifest.dataset().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    /** The broker key of each party whose data is used: all of them must grant. */
    public Map<PartyId, VerificationKey> brokers() {
        Map<PartyId, VerificationKey> brokers = new LinkedHashMap<>();
        for (var manifest : manifests) {
            brokers.put(manifest.party(), only(manifest.party(), KeyUse.BROKER).verificationKey());
        }
        return brokers;
    }

    /** The key of each party that the result is sealed to, in the order of the request. */
    public Map<PartyId, SealingKey> recipients() {
        Map<PartyId, SealingKey> recipients = new LinkedHashMap<>();
        for (var party : request.recipients()) {
            recipients.put(party, only(party, KeyUse.RECIPIENT).sealingKey());
        }
        return recipients;
    }

    /** The first key of a use: a bundle lists one broker and one recipient key per party that needs them. */
    private PartyKey only(PartyId party, KeyUse use) {
        return bundle.party(party).map(Party::keys).stream()
                .flatMap(List::stream)
                .filter(key -> key.use() == use)
                .findFirst()
                .orElseThrow();
    }
}
