package dev.parley.cli.policy;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.policy.authoring.Compilation;
import dev.parley.policy.authoring.Finding;
import dev.parley.policy.authoring.RoomFolder;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The policy that a person means: a room folder, a bundle file, or the id of a room whose policy was approved with this
 * profile. The operator is never asked: it could answer with another policy.
 */
public final class RoomSource {
    private static final int LIMIT = 8 << 20;

    private RoomSource() {}

    public static PolicyBundle read(String room, Terminal terminal) throws Failure {
        var path = Path.of(room);
        if (Files.isDirectory(path)) {
            return compiled(path, terminal);
        }
        if (Files.isRegularFile(path)) {
            return bundle(path);
        }
        var approved = approvedFile(room, Home.of(terminal));
        if (!Files.isRegularFile(approved)) {
            throw Failure.of(
                    CliCode.ROOM_UNKNOWN,
                    "no room folder, no bundle file, and no room that was approved with this profile: " + room);
        }
        return bundle(approved);
    }

    /** Compiles a folder; warnings go to the person. */
    private static PolicyBundle compiled(Path folder, Terminal terminal) throws Failure {
        var compilation = compile(folder);
        for (var finding : compilation.findings()) {
            terminal.note(finding.toString());
        }
        return switch (compilation) {
            case Compilation.Compiled(var bundle, var warnings) -> bundle;
            case Compilation.NotCompiled(var findings) ->
                throw Failure.of(CliCode.ROOM_NOT_COMPILED, findings.getFirst().toString())
                        .with("findings", Json.array(findings, RoomSource::json));
        };
    }

    static Compilation compile(Path folder) throws Failure {
        if (!Files.isDirectory(folder)) {
            throw Failure.of(CliCode.ROOM_UNKNOWN, folder + " is no room folder");
        }
        return RoomFolder.compile(folder, new CalciteCompiler());
    }

    public static PolicyBundle bundle(Path file) throws Failure {
        try {
            return PolicyBundle.parse(OwnFiles.read(file, LIMIT));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }

    /** Remembers a policy that this party approved: as the room's newest, and by its digest for as long as results last. */
    static void remember(PolicyBundle bundle, Home home) throws Failure {
        OwnFiles.writePrivate(digestFile(bundle.digest(), home), bundle.canonical());
        OwnFiles.writePrivate(approvedFile(bundle.room().value(), home), bundle.canonical());
    }

    /** A policy that was approved with this profile, of any version. */
    public static Optional<PolicyBundle> approved(PolicyDigest digest, Home home) throws Failure {
        var file = digestFile(digest, home);
        return Files.isRegularFile(file) ? Optional.of(bundle(file)) : Optional.empty();
    }

    private static Path digestFile(PolicyDigest digest, Home home) throws Failure {
        return home.folder("policies").resolve(digest.hex() + ".json");
    }

    private static Path approvedFile(String room, Home home) throws Failure {
        try {
            return home.folder("rooms").resolve(RoomId.parse(room) + ".json");
        } catch (Malformed e) {
            throw Failure.of(CliCode.ROOM_UNKNOWN, "no room folder, no bundle file and not the id of a room: " + room);
        }
    }

    static Json json(Finding finding) {
        return Json.object()
                .put("severity", finding.severity().name())
                .put("code", finding.code())
                .put("at", finding.at().toString())
                .put("message", finding.message())
                .build();
    }

    static Json array(List<Finding> findings) {
        return Json.array(findings, RoomSource::json);
    }
}
