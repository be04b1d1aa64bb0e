package dev.parley.cli.seal;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Said;
import dev.parley.cli.testing.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Seals files of the retailer's customers. */
final class SealDesk {
    private static final Workshop WORKSHOP = Workshop.shared();

    private final Path folder;
    private final Desk desk;
    private final String bundle;

    SealDesk(Path folder) {
        this.folder = folder;
        this.desk = WORKSHOP.desk("retailer", folder.resolve("home"));
        this.bundle = bundle(folder);
    }

    /** Compiled once: that takes longer than a small file does. */
    private String bundle(Path target) {
        var file = target.resolve("bundle.json").toString();
        desk.say("policy", "digest", WORKSHOP.room().toString(), "--out", file).succeeds();
        return file;
    }

    Path out() {
        return folder.resolve("out");
    }

    Said seal(byte[] csv, String... options) {
        try {
            var file = Files.write(folder.resolve("customers.csv"), csv);
            return sealFile(file, options);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Said seal(String csv, String... options) {
        return seal(csv.getBytes(StandardCharsets.UTF_8), options);
    }

    Said sealFile(Path file, String... options) {
        var line = new ArrayList<>(List.of(
                "seal",
                "--room",
                bundle,
                "--dataset",
                "customers",
                "--out",
                out().toString(),
                "--passphrase-file",
                WORKSHOP.passphrase("retailer").toString(),
                "--json"));
        line.addAll(List.of(options));
        line.add(file.toString());
        return desk.say(line.toArray(String[]::new));
    }
}
