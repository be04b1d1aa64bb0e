package dev.parley.cli.upload;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.VersionState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parley upload}. */
@Command(
        name = "upload",
        description = {
            "Give the key of a sealed dataset to your own portal, and its manifest and ciphertext to the operator.",
            "An upload that broke off goes on where it stopped: repeat the command."
        },
        footer = {"", "Example:", "  parley upload customers-v1.parley"})
public final class UploadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "NAME.parley, with its manifest and key beside it.")
    private Path sealed = Path.of("");

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    public UploadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var files = SealedVersionFiles.read(sealed, keys.store(home).verificationKey(KeyName.STEWARD));
        var manifest = files.manifest();
        try (var sessions = new Sessions(home, terminal)) {
            // The key first: a version that is ready at the operator must be one that the broker can release.
            sessions.portal().hold(manifest.sealed(), files.statement(), files.key());
            var operator = sessions.operator();
            var version = operator.announce(manifest.room(), manifest.dataset(), files.statement());
            if (version.state() != VersionState.READY) {
                try (var progress =
                        terminal.progress("uploading", manifest.ciphertext().length())) {
                    new CiphertextUpload(operator, new UploadUrls(home.folder("uploads")), files).send(progress);
                }
            }
        }
        terminal.result(
                Json.object()
                        .put("room", manifest.room().value())
                        .put("dataset", manifest.dataset().value())
                        .put("version", manifest.version())
                        .put("manifestDigest", manifest.digest().hex())
                        .put("state", VersionState.READY.name())
                        .build(),
                manifest.dataset() + " version " + manifest.version() + " is ready in " + manifest.room());
        return 0;
    }
}
