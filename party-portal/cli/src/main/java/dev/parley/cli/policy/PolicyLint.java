package dev.parley.cli.policy;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.policy.authoring.Compilation;
import dev.parley.policy.authoring.Finding;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parley policy lint}. */
@Command(
        name = "lint",
        description = "Check the files of a room: file:line:column, what is wrong, the code. Exit code 2 on an error.")
public final class PolicyLint implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", description = "The room folder.")
    private Path folder = Path.of("");

    public PolicyLint(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var compilation = RoomSource.compile(folder);
        var compiled = compilation instanceof Compilation.Compiled;
        var lines = compilation.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
        terminal.result(
                Json.object()
                        .put("compiled", compiled)
                        .put("findings", RoomSource.array(compilation.findings()))
                        .build(),
                lines.isEmpty() ? "nothing to say against it" : lines);
        return (compiled ? ExitCode.DONE : ExitCode.BAD_INPUT).number();
    }
}
