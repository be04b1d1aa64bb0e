package dev.parley.cli.run;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.protocol.wire.VersionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The newest version of each dataset of a plan that is ready, as its owner's steward signed it. */
record NewestVersions(List<DatasetVersion> versions, List<Jws> manifests) {
    NewestVersions {
        versions = List.copyOf(versions);
        manifests = List.copyOf(manifests);
    }

    static NewestVersions of(Plan plan, PolicyBundle bundle, DatasetList served) throws Failure {
        var versions = new ArrayList<DatasetVersion>();
        var manifests = new ArrayList<Jws>();
        for (var dataset : plan.datasets()) {
            var newest = newest(dataset, served);
            try {
                var statement = Jws.parse(newest.manifest());
                versions.add(verified(dataset, bundle, statement).reference());
                manifests.add(statement);
            } catch (BadSignature | Malformed e) {
                throw Failure.of(
                        CliCode.SERVICE_ANSWER_MALFORMED, "the operator has no manifest of its owner for " + dataset);
            }
        }
        return new NewestVersions(versions, manifests);
    }

    private static DatasetVersionView newest(DatasetId dataset, DatasetList served) throws Failure {
        return served.datasets().stream()
                .filter(view -> view.dataset().equals(dataset.value()))
                .flatMap(view -> view.versions().stream())
                .filter(version -> version.state() == VersionState.READY)
                .max(Comparator.comparingInt(DatasetVersionView::version))
                .orElseThrow(
                        () -> Failure.of(CliCode.DATASET_NOT_READY, "no version of dataset " + dataset + " is ready"));
    }

    private static DatasetManifest verified(DatasetId dataset, PolicyBundle bundle, Jws statement)
            throws BadSignature, Malformed {
        var owner = bundle.dataset(dataset).map(d -> d.owner()).orElseThrow(() -> new Malformed("unknown dataset"));
        var steward = bundle.party(owner)
                .flatMap(party -> party.key(KeyUse.STEWARD, statement.signer()))
                .orElseThrow(() -> new Malformed("unknown steward"));
        return DatasetManifest.read(statement, steward.verificationKey());
    }
}
