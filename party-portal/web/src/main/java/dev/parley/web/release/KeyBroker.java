package dev.parley.web.release;

import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.attestation.VerifiedEnclave;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.release.ReleaseSecrets;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.web.budget.BudgetLedger;
import dev.parley.web.budget.LedgerRefusal;
import dev.parley.web.budget.Reservation;
import dev.parley.web.keys.BrokerKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One party's key broker: the three questions of an enclave. Thread-safe as far as its stores are. */
public final class KeyBroker {
    static final Duration CHALLENGE_LIFE = Duration.ofMinutes(1);
    private static final Duration RESERVATION_LIFE = Duration.ofMinutes(5);

    private final PartyId party;
    private final BrokerKeys keys;
    private final Stores stores;
    private final RunExamination examination;
    private final InstantSource clock;
    private final SecureRandom random;

    public KeyBroker(
            BrokerKeys keys, Stores stores, RunExamination examination, InstantSource clock, SecureRandom random) {
        this.party = keys.party();
        this.keys = keys;
        this.stores = stores;
        this.examination = examination;
        this.clock = clock;
        this.random = random;
    }

    /** What the broker remembers. */
    public record Stores(
            SignedPolicies policies,
            OpenChallenges challenges,
            HeldDatasets datasets,
            SeenHeads heads,
            BudgetLedger budgets) {}

    /** First question: a nonce, this broker's time, and what it knows of policy and log. */
    public Jws challenge(RoomId room, Jws runRequest) throws ReleaseRefusal {
        var policy = stores.policies().newest(room).orElseThrow(() -> new ReleaseRefusal(ReleaseCode.ROOM_UNKNOWN));
        var now = clock.instant();
        var request = examination.requestOf(policy, runRequest, now);
        var nonce = new byte[Challenge.NONCE_SIZE];
        random.nextBytes(nonce);
        var challenge = new Challenge(
                new Challenge.Subject(party, room, request.digest()),
                Bytes.takeOwnershipOf(nonce),
                now,
                new Challenge.Newest(policy.bundle().version(), policy.digest()),
                List.of(),
                stores.heads().lastSeen(policy.bundle().log().origin()));
        var signed = challenge.sign(keys.signingKey());
        stores.challenges().open(challenge.nonce(), signed, now.plus(CHALLENGE_LIFE), now);
        return signed;
    }

    /** Second question, phase one: examines the enclave and its run, reserves the budget, promises. */
    public Jws prepare(PrepareRequest request) throws ReleaseRefusal {
        var now = clock.instant();
        var challenge = takeUpChallenge(request, now);
        var policy = stores.policies()
                .newest(challenge.subject().room())
                .orElseThrow(() -> new ReleaseRefusal(ReleaseCode.ROOM_UNKNOWN));
        var examined = examination.examine(request, challenge, policy, now);
        requireHeld(examined.run());
        remember(policy.bundle().log().origin(), examined.logHead());
        var grant = grant(examined, now.plus(RESERVATION_LIFE));
        var reservation = Reservation.of(grant, examined.run());
        requireCovered(stores.budgets().reserve(reservation, now));
        return grant.sign(keys.signingKey());
    }

    /** Which challenge the evidence answers: one that this broker signed, used up by this. */
    private Challenge takeUpChallenge(PrepareRequest request, Instant now) throws ReleaseRefusal {
        var nonce = examination.nonceOf(request, now);
        var signed = stores.challenges()
                .takeUp(nonce, now)
                .orElseThrow(() -> new ReleaseRefusal(ReleaseCode.CHALLENGE_UNKNOWN));
        try {
            return Challenge.read(signed, keys.signingKey().verificationKey());
        } catch (BadSignature | Malformed e) {
            // The key was changed since: nobody can answer for that challenge.
            throw new ReleaseRefusal(ReleaseCode.CHALLENGE_UNKNOWN);
        }
    }

    /** An empty log says nothing that a later one could contradict. */
    private void remember(String origin, TreeHead head) throws ReleaseRefusal {
        if (head.size() > 0 && !stores.heads().advance(origin, head)) {
            throw new ReleaseRefusal(ReleaseCode.LOG_INCONSISTENT);
        }
    }

    private static void requireCovered(Optional<LedgerRefusal> refusal) throws ReleaseRefusal {
        if (refusal.isPresent()) {
            throw new ReleaseRefusal(refusal.get().name(), "");
        }
    }

    /** Third question, phase two: shown the grants of all, charges once and releases. */
    public Jws commit(CommitRequest request) throws ReleaseRefusal {
        var now = clock.instant();
        var reservation = ownReservation(request);
        if (!now.isBefore(reservation.grant().expires())) {
            throw new ReleaseRefusal(ReleaseCode.RESERVATION_LAPSED);
        }
        var grants = verify(request, reservation);
        // Opened before the charge: a shredded key must not cost anything. Sealed after it: nothing leaves uncharged.
        try (var secrets = secrets(reservation, grants.run().query())) {
            requireCovered(stores.budgets().charge(reservation, grants.seedCommitments(), now));
            return Release.seal(party, grants, secrets).sign(keys.signingKey());
        }
    }

    private Grant grant(RunExamination.Examined examined, Instant expires) throws ReleaseRefusal {
        var run = examined.run();
        var query = examined.query();
        try (var seed = keys.seed(query)) {
            return new Grant(
                    party,
                    new Grant.Run(run.request().digest(), query, run.bundle().digest()),
                    enclaveKey(examined.enclave()),
                    seed.commitment(query),
                    new Grant.Charge(run.limits().microEpsilon(), ownLineages(run)),
                    expires);
        }
    }

    private List<LineageId> ownLineages(VerifiedRun run) {
        return own(run).stream().map(DatasetManifest::lineage).distinct().toList();
    }

    private List<DatasetManifest> own(VerifiedRun run) {
        return run.manifests().stream()
                .filter(manifest -> manifest.party().equals(party))
                .toList();
    }

    /** Every dataset of this party must be one that its steward registered here, by this very manifest. */
    private void requireHeld(VerifiedRun run) throws ReleaseRefusal {
        for (var manifest : own(run)) {
            if (stores.datasets().key(run.bundle().room(), manifest.reference()).isEmpty()) {
                throw new ReleaseRefusal(ReleaseCode.DATASET_UNKNOWN);
            }
        }
    }

    private static SealingKey enclaveKey(VerifiedEnclave enclave) throws ReleaseRefusal {
        try {
            return SealingKey.parsePoint(
                    enclave.publicKey().orElseThrow(() -> new Malformed("evidence carries no public key")));
        } catch (Malformed e) {
            throw new ReleaseRefusal(ReleaseCode.BINDING_MISMATCH);
        }
    }

    /** The reservation that belongs to the grant of ours among those shown; its signature is checked by {@link #verify}. */
    private Reservation ownReservation(CommitRequest request) throws ReleaseRefusal {
        for (var grant : request.grants()) {
            if (grant.signer().equals(keys.signingKey().verificationKey().thumbprint())) {
                return stores.budgets()
                        .reservation(payloadDigest(grant))
                        .orElseThrow(() -> new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED));
            }
        }
        throw new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED);
    }

    private static Sha384Digest payloadDigest(Jws grant) throws ReleaseRefusal {
        try {
            return Sha384Digest.of(Json.parseCanonical(grant.unverifiedPayload()));
        } catch (Malformed e) {
            throw new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED);
        }
    }

    private Grants verify(CommitRequest request, Reservation reservation) throws ReleaseRefusal {
        try {
            var grants = Grants.verify(request.grants(), reservation.brokers());
            var ours = grants.of(party).orElseThrow(() -> new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED));
            if (!ours.equals(reservation.grant())) {
                throw new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED);
            }
            return grants;
        } catch (BadSignature | Malformed e) {
            throw new ReleaseRefusal(ReleaseCode.GRANTS_REFUSED);
        }
    }

    private ReleaseSecrets secrets(Reservation reservation, QueryDigest query) throws ReleaseRefusal {
        Map<DatasetId, byte[]> opened = new HashMap<>();
        try {
            for (var dataset : reservation.datasets()) {
                var wrapped = stores.datasets()
                        .key(reservation.room(), dataset)
                        .orElseThrow(() -> new ReleaseRefusal(ReleaseCode.DATASET_UNKNOWN));
                opened.put(dataset.dataset(), keys.unwrap(wrapped));
            }
        } catch (ReleaseRefusal | Malformed e) {
            opened.values().forEach(key -> Arrays.fill(key, (byte) 0));
            throw new ReleaseRefusal(ReleaseCode.DATASET_UNKNOWN);
        }
        return ReleaseSecrets.takeOwnershipOf(keys.seed(query), opened);
    }
}
