package dev.parley.cli.result;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What this profile asked, by run: an answer to another question is not taken for an answer. */
public final class RunRequests {
    private static final Pattern RUN = Pattern.compile("[0-9a-f-]{1,64}");
    private static final int LIMIT = 1 << 20;

    private final Home home;

    public RunRequests(Home home) {
        this.home = home;
    }

    public void remember(String run, Jws request) throws Failure {
        OwnFiles.writePrivate(file(run), Bytes.utf8(request.compact() + "\n"));
    }

    Optional<Jws> find(String run) throws Failure {
        var file = file(run);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Jws.parse(new String(OwnFiles.read(file, LIMIT).toArray(), StandardCharsets.US_ASCII).strip()));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }

    private Path file(String run) throws Failure {
        if (!RUN.matcher(run).matches()) {
            throw Failure.of(CliCode.USAGE, "not the id of a run");
        }
        return home.folder("runs").resolve(run + ".jws");
    }
}
