package dev.parley.web.datasets;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.wire.HeldDatasetView;
import dev.parley.web.http.Outcome;
import dev.parley.web.http.ProblemCode;
import dev.parley.web.http.Refused;
import dev.parley.web.keys.PartyKeys;
import dev.parley.web.release.SignedPolicies;
import dev.parley.web.release.SignedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Takes a version into the register once its manifest and its wrapped key are this party's own. */
@ApplicationScoped
class Registration {
    private final StatelessSession session;
    private final DatasetRegister register;
    private final SignedPolicies policies;
    private final PartyKeys keys;
    private final InstantSource time;

    Registration(
            StatelessSession session,
            DatasetRegister register,
            SignedPolicies policies,
            PartyKeys keys,
            InstantSource time) {
        this.session = session;
        this.register = register;
        this.policies = policies;
        this.keys = keys;
        this.time = time;
    }

    @Transactional
    Outcome<HeldDatasetView> register(SealedVersion version, Jws signed, WrappedDatasetKey wrapped)
            throws Malformed, BadSignature {
        var policy = policies.newest(version.room());
        var manifest = DatasetManifest.read(signed, stewardKey(policy, signed));
        if (!manifest.sealed().equals(version)) {
            throw Refused.with(ProblemCode.MANIFEST_MISMATCH, "it names another room, dataset, version or party");
        }
        if (policy.isPresent()) {
            requireDeclared(manifest, policy.get().bundle());
        }
        requireOpens(version, wrapped);
        var known = register.row(version.room().value(), version.dataset().value(), version.version());
        return known == null
                ? new Outcome<>(insert(manifest, signed, wrapped), true)
                : new Outcome<>(again(known, manifest), false);
    }

    /** Of the newest bundle; before there is one, of the party's own key store. */
    private VerificationKey stewardKey(Optional<SignedPolicy> policy, Jws signed) throws BadSignature {
        var key = policy.isPresent()
                ? policy.get()
                        .bundle()
                        .party(keys.broker().party())
                        .flatMap(party -> party.key(KeyUse.STEWARD, signed.signer()))
                        .map(named -> named.verificationKey())
                : keys.steward();
        return key.orElseThrow(() -> new BadSignature("no steward key of this party is the signer"));
    }

    private void requireDeclared(DatasetManifest manifest, PolicyBundle bundle) {
        var declared = bundle.dataset(manifest.dataset())
                .filter(dataset -> dataset.owner().equals(keys.broker().party()))
                .orElseThrow(() -> Refused.with(
                        ProblemCode.MANIFEST_MISMATCH,
                        "the policy has no dataset " + manifest.dataset() + " of yours"));
        if (!declared.lineage().equals(manifest.lineage())) {
            throw Refused.with(ProblemCode.MANIFEST_MISMATCH, "the policy names lineage " + declared.lineage());
        }
    }

    private void requireOpens(SealedVersion version, WrappedDatasetKey wrapped) {
        try {
            if (wrapped.sealed().equals(version)
                    && wrapped.broker().equals(keys.broker().wrapKey().thumbprint())) {
                Arrays.fill(keys.broker().unwrap(wrapped), (byte) 0);
                return;
            }
        } catch (Malformed e) {
            throw wrappedKeyRefused();
        }
        throw wrappedKeyRefused();
    }

    private static Refused wrappedKeyRefused() {
        return Refused.with(
                ProblemCode.WRAPPED_KEY_REFUSED, "wrapped to another key or for another version, or damaged");
    }

    private static HeldDatasetView again(StoredDataset known, DatasetManifest manifest) {
        if (!known.manifest.equals(manifest.digest().digest().hex())) {
            throw Refused.with(ProblemCode.DATASET_VERSION_TAKEN, "version " + manifest.version());
        }
        if (known.shreddedAt != null) {
            throw Refused.with(ProblemCode.DATASET_SHREDDED, "version " + manifest.version());
        }
        return known.view();
    }

    private HeldDatasetView insert(DatasetManifest manifest, Jws signed, WrappedDatasetKey wrapped) {
        var row = new StoredDataset();
        row.key = new StoredDataset.Key(
                manifest.room().value(), manifest.dataset().value(), manifest.version());
        row.manifest = manifest.digest().digest().hex();
        row.statement = signed.compact();
        row.lineage = manifest.lineage().value();
        row.wrappedKey = wrapped.wrapped().toArray();
        row.storedAt = time.instant();
        session.insert(row);
        return row.view();
    }
}
