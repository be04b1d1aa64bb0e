package dev.parley.cli.run;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley runs list}. */
@Command(name = "list", description = "List runs, newest first.")
public final class RunsList implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--room", paramLabel = "ID", description = "Of this room alone.")
    private Optional<String> room = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where an earlier page ended.")
    private Optional<String> cursor = Optional.empty();

    public RunsList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        try (var sessions = new Sessions(Home.of(terminal), terminal)) {
            var page = sessions.operator().runs(room, cursor, limit);
            var table = new Table("run", "room", "template", "party", "state", "code", "submitted");
            for (var run : page.runs()) {
                table.row(
                        run.run(),
                        run.room(),
                        run.template(),
                        run.party(),
                        run.state().name(),
                        run.code() == null ? "" : run.code(),
                        run.submittedAt());
            }
            var more = page.next() == null ? "" : "\nmore: --cursor " + page.next();
            terminal.result(page.json(), page.runs().isEmpty() ? "no runs" : table + more);
        }
        return ExitCode.DONE.number();
    }
}
