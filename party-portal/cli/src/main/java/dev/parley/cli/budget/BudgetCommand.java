package dev.parley.cli.budget;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code parley budget}. */
@Command(name = "budget", description = "What your people have lost and may still lose, in epsilon.")
public final class BudgetCommand implements Callable<Integer> {
    private final Terminal terminal;

    public BudgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        try (var sessions = new Sessions(Home.of(terminal), terminal)) {
            var budget = sessions.portal().budget();
            var table = new Table("lineage", "total", "spent", "reserved", "left", "charges");
            for (var lineage : budget.lineages()) {
                var left = lineage.totalMicroEpsilon() - lineage.spentMicroEpsilon() - lineage.reservedMicroEpsilon();
                table.row(
                        lineage.lineage(),
                        epsilon(lineage.totalMicroEpsilon()),
                        epsilon(lineage.spentMicroEpsilon()),
                        epsilon(lineage.reservedMicroEpsilon()),
                        epsilon(left),
                        Integer.toString(lineage.charges().size()));
            }
            terminal.result(budget.json(), table.toString());
        }
        return ExitCode.DONE.number();
    }

    private static String epsilon(long micro) {
        return BigDecimal.valueOf(micro, 6)
                .setScale(3, java.math.RoundingMode.FLOOR)
                .toPlainString();
    }
}
