package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.encoding.Malformed;
import java.nio.file.Path;
import java.util.Optional;

/** A trust root that a person names; without one, AWS's counts. */
public final class TrustRootFile {
    private static final int LIMIT = 16 << 10;

    private TrustRootFile() {}

    public static TrustRoots roots(Optional<Path> file) throws Failure {
        return file.isEmpty() ? TrustRoots.awsNitro() : TrustRoots.of(read(file.get()));
    }

    private static TrustRoot read(Path file) throws Failure {
        try {
            return TrustRoot.parse(OwnFiles.read(file, LIMIT));
        } catch (Malformed e) {
            throw Failure.of(CliCode.TRUST_ROOT_MALFORMED, file + ": " + e.getMessage());
        }
    }
}
