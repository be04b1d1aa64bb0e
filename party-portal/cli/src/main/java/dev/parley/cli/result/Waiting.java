package dev.parley.cli.result;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.remote.OperatorApi;
import dev.parley.cli.remote.Sessions;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.RunView;
import java.time.Duration;

/** Follows a run until it has ended. */
public final class Waiting {
    private static final Duration BETWEEN = Duration.ofMillis(400);

    private final OperatorApi operator;
    private final Terminal terminal;

    public Waiting(OperatorApi operator, Terminal terminal) {
        this.operator = operator;
        this.terminal = terminal;
    }

    /** The run once it has ended, or as it is after so many seconds. */
    public RunView untilEnd(RunView first, int seconds) throws Failure {
        var until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var view = first;
        var told = "";
        while (true) {
            var step = view.step().isEmpty() ? view.state().name() : view.state() + " " + view.step();
            if (!step.equals(told)) {
                told = step;
                terminal.note("run " + view.run() + ": " + step);
            }
            if (view.state().isFinal() || System.nanoTime() > until) {
                return view;
            }
            Sessions.pause(BETWEEN);
            view = operator.run(first.run());
        }
    }

    /** Refuses what has no result, with the run's own code. */
    public static void requireDelivered(RunView view) throws Failure {
        var code = view.code() == null ? CliCode.RUN_REFUSED.name() : view.code();
        var failure = switch (view.state()) {
            case DELIVERED -> null;
            case QUEUED, RUNNING ->
                Failure.of(CliCode.RUN_NOT_FINISHED, "the run is " + view.state() + "; --wait waits for it");
            case REFUSED -> Failure.of(code, ExitCode.REFUSED, "run " + view.run() + " was refused");
            case FAILED -> Failure.of(code, ExitCode.UNREACHABLE, "run " + view.run() + " could not be executed");
        };
        if (failure != null) {
            throw failure.with("run", Json.of(view.run()))
                    .with("state", Json.of(view.state().name()));
        }
    }
}
