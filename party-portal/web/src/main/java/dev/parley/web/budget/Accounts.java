package dev.parley.web.budget;

import dev.parley.policy.bundle.Budget;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.web.database.Sql;
import dev.parley.web.database.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** What the party's people may read of its ledger. */
@Singleton
public final class Accounts {
    private static final int MOST_CHARGES = 1_000;

    private final Transactions transactions;
    private final StatedBudgets budgets;
    private final InstantSource time;

    public Accounts(Transactions transactions, StatedBudgets budgets, InstantSource time) {
        this.transactions = transactions;
        this.budgets = budgets;
        this.time = time;
    }

    public BudgetView view() {
        var stated = budgets.stated();
        return transactions.run(connection -> {
            var lineages = new java.util.ArrayList<BudgetView.Lineage>();
            for (var budget : stated) {
                lineages.add(lineage(connection, budget));
            }
            return new BudgetView(lineages);
        });
    }

    private BudgetView.Lineage lineage(Connection connection, Budget budget) throws SQLException {
        var now = time.instant();
        var spent = budget.period() == Budget.Period.YEAR
                ? Spending.inYear(
                        connection,
                        budget.lineage(),
                        now.atOffset(ZoneOffset.UTC).getYear())
                : Spending.ever(connection, budget.lineage());
        return new BudgetView.Lineage(
                budget.lineage().value(),
                budget.microEpsilon(),
                spent,
                Spending.reserved(connection, budget.lineage(), "", now),
                charges(connection, budget.lineage()));
    }

    private static List<BudgetView.Charge> charges(Connection connection, LineageId lineage) throws SQLException {
        return Sql.of(connection, """
                        select query, room, template, micro_epsilon, charged_at, releases
                        from charge join charge_lineage using (query, seed_commitments)
                        where lineage = ? order by charged_at desc, query limit ?""", lineage.value(), MOST_CHARGES)
                .all(row -> new BudgetView.Charge(
                        row.getString("query"),
                        row.getString("room"),
                        row.getString("template"),
                        row.getLong("micro_epsilon"),
                        Sql.instant(row, "charged_at").toString(),
                        row.getInt("releases")));
    }
}
