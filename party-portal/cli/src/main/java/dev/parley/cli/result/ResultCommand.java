package dev.parley.cli.result;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley result}. */
@Command(
        name = "result",
        description = "Fetch a run's result and its receipt, verify them, and only then open and print the figures.",
        footer = {"", "Example:", "  parley result 6e1f2a34-… --csv --save reach-2026-02"})
public final class ResultCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--room",
            paramLabel = "ROOM",
            description = "The policy: a folder, a bundle file, an approved room (default: what you approved).")
    private Optional<String> room = Optional.empty();

    @Option(names = "--wait", description = "Wait until the run has ended.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long (default: ${DEFAULT-VALUE}).")
    private int timeout = 900;

    @Mixin
    private final ResultOptions options = new ResultOptions();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public ResultCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        try (var sessions = new Sessions(home, terminal)) {
            var operator = sessions.operator();
            var view = operator.run(run);
            if (wait) {
                view = new Waiting(operator, terminal).untilEnd(view, timeout);
            }
            Waiting.requireDelivered(view);
            new Results(terminal, home, keys.store(home), passphrases, options).show(operator, view, room);
        }
        return ExitCode.DONE.number();
    }
}
