package dev.parley.local.room;

import dev.parley.local.state.StateFolder;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers from what the room in a state folder was made: people, policy files, the measured image. A start from the
 * same things goes on with the room; from other things it makes a new one, since what was signed no longer fits.
 */
final class Made {
    private static final String FILE = "made-from";
    /** What a room adds to a domain's folder. Realms, the platform's root and the image outlive it. */
    private static final List<String> OF_A_ROOM =
            List.of("postgres", "objects", "log", "keys", "keys.passphrase", "cli", "files", "tmp");

    private final StateFolder state;

    Made(StateFolder state) {
        this.state = state;
    }

    /** A mark of everything that decides whether a finished room can be used again. */
    static String mark(String people, Path measurements, Path example) throws IOException {
        var mark = new StringBuilder(people).append('\n');
        mark.append(Files.readString(measurements)).append('\n');
        try (var files = Files.walk(example)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                mark.append(example.relativize(file)).append('\n').append(Files.readString(file));
            }
        }
        return Sha256Digest.of(Bytes.utf8(mark.toString())).hex();
    }

    /** Whether the folder holds a finished room made from this. */
    boolean is(String mark) throws IOException {
        var file = state.file(FILE);
        return Files.exists(file) && Files.readString(file).equals(mark);
    }

    /** Whether the folder holds a finished room, of whatever kind. */
    boolean isAny() {
        return Files.exists(state.file(FILE));
    }

    void remember(String mark) throws IOException {
        state.writePrivate(FILE, mark);
    }

    /** Removes what is left of another room, or of one that was not finished. */
    void forget(List<String> domains) throws IOException {
        state.remove(FILE);
        state.remove("room");
        for (var domain : domains) {
            for (var part : OF_A_ROOM) {
                state.folder(domain).remove(part);
            }
        }
    }
}
