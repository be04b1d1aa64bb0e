package dev.parley.web.release;

import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** Reads the roots that an installation names, beside the pinned one of AWS. */
final class TrustedRoots {
    private TrustedRoots() {}

    /** A file is not there or holds no root: the broker must not start with fewer roots than it was told. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(Path file) {
            super(
                    "TRUST_ROOT_UNUSABLE: " + file + " does not hold one root certificate of evidence",
                    null,
                    false,
                    false);
        }
    }

    static TrustRoots read(List<Path> files) throws Unusable {
        var roots = new HashSet<TrustRoot>();
        roots.add(TrustRoot.awsNitro());
        for (var file : files) {
            try {
                roots.add(TrustRoot.parse(Bytes.takeOwnershipOf(Files.readAllBytes(file))));
            } catch (IOException | Malformed e) {
                throw new Unusable(file);
            }
        }
        return new TrustRoots(roots);
    }
}
