package dev.parley.protocol.attestation.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the folders anew: {@code WriteVectors docs/vectors/attestation}. The same JDK gives the same bytes. */
public final class WriteVectors {
    private WriteVectors() {}

    /** With the folder to write to. */
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        var bench = new Bench();
        for (var vector : all(bench)) {
            vector.write(folder);
        }
        Files.write(folder.resolve("root.der"), bench.platform().root().der().toArray());
    }

    static List<EvidenceVector> all(Bench bench) {
        new FormVectors(bench).add();
        new PayloadVectors(bench).add();
        new ChainVectors(bench).add();
        new OccasionVectors(bench).add();
        return bench.vectors();
    }
}
