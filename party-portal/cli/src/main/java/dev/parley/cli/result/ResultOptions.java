package dev.parley.cli.result;

import dev.parley.cli.attest.TrustRootFile;
import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.profile.Home;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoots;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a result is shown and kept. */
public final class ResultOptions {
    @Option(names = "--csv", description = "Print the figures as CSV.")
    private boolean csv;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Keep everything that proves the result there; parley verify DIR checks it again, offline.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Trust root of evidence (default: the profile's; AWS's where the policy says aws-nitro).")
    private Optional<Path> root = Optional.empty();

    boolean csv() {
        return csv;
    }

    Optional<Path> save() {
        return save;
    }

    TrustRoots roots(PolicyBundle bundle, Home home) throws Failure {
        return roots(bundle, root, home);
    }

    static TrustRoots roots(PolicyBundle bundle, Optional<Path> root, Home home) throws Failure {
        if (bundle.referenceValues().trustDomain() == TrustDomain.AWS_NITRO) {
            return TrustRoots.awsNitro();
        }
        var file = root.isPresent() ? root : home.profile().trustRoot();
        if (file.isEmpty()) {
            throw Failure.of(
                    CliCode.PROFILE_INCOMPLETE,
                    "the policy is for simulated enclaves: name their root with --root FILE");
        }
        return TrustRootFile.roots(file);
    }
}
