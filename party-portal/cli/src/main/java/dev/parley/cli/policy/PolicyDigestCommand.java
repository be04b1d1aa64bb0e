package dev.parley.cli.policy;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley policy digest}. */
@Command(name = "digest", description = "Print the digest of a policy: the name of exactly these rules.")
public final class PolicyDigestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ROOM", description = "A room folder, a bundle file, or the id of an approved room.")
    private String room = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the canonical bundle.")
    private Optional<Path> out = Optional.empty();

    public PolicyDigestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var bundle = RoomSource.read(room, terminal);
        if (out.isPresent()) {
            OwnFiles.write(out.get(), bundle.canonical());
        }
        terminal.result(
                Json.object()
                        .put("room", bundle.room().value())
                        .put("version", bundle.version())
                        .put("digest", bundle.digest().hex())
                        .build(),
                bundle.digest().hex());
        return 0;
    }
}
