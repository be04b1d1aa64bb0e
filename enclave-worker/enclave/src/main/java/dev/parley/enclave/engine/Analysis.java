package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.enclave.privacy.Excerpts;
import dev.parley.enclave.privacy.Guard;
import dev.parley.enclave.privacy.ReleasedResult;
import dev.parley.enclave.privacy.Seeds;
import dev.parley.enclave.privacy.SelectionKeys;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.room.DatasetId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a query over opened datasets and gives what may leave. One analysis serves one run after another. */
public final class Analysis {
    /** The shape of every plan: a join, groups, sums. */
    private static final String TRIAL = "SELECT a.i % 3 AS g, count(*), sum(a.i) FROM range(64) a(i)"
            + " JOIN range(64) b(i) ON a.i = b.i GROUP BY g ORDER BY g";

    private final EngineSettings settings;
    private final long fewRows;

    public Analysis(EngineSettings settings) {
        this(settings, Pass.FEW_ROWS);
    }

    /** With another number of rows up to which one pass is made about everybody. */
    Analysis(EngineSettings settings, long fewRows) {
        this.settings = requireNonNull(settings);
        this.fewRows = fewRows;
    }

    /** Loads the engine and has it answer a question about nobody, as one does before the first run. */
    public static void tryTheEngine() throws EngineFailure {
        try (var connection = LockedDatabase.open(new EngineSettings(1, EngineSettings.LEAST_MEMORY));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TRIAL)) {
            while (rows.next()) {
                rows.getLong(1);
            }
        } catch (SQLException | RuntimeException e) {
            throw new EngineFailure(EngineFailure.Code.RUN_FAILED);
        }
    }

    /** Why a query cannot be run, as far as that is known without data: to be asked before brokers charge for it. */
    public static Optional<EngineFailure.Code> refusal(
            BoundQuery query, EffectiveLimits limits, Map<DatasetId, Dataset> datasets) {
        try {
            CompiledPlan.of(query.plan(), limits, datasets);
            return Optional.empty();
        } catch (EngineFailure e) {
            return Optional.of(e.code());
        }
    }

    /** The same task and seeds give the same result, whatever the number of threads and the order of rows. */
    public ReleasedResult run(AnalysisTask task, Seeds seeds) throws EngineFailure {
        var plan = CompiledPlan.of(task.query().plan(), task.limits(), task.datasets());
        var released = Guard.release(exact(task, plan, seeds), plan.limits(), seeds);
        return Excerpts.of(released, plan.excerpt());
    }

    /** The result before noise and suppression, which stays inside. */
    ExactResult exact(AnalysisTask task, CompiledPlan plan, Seeds seeds) throws EngineFailure {
        var result = execute(task, plan, seeds);
        for (var scan : plan.scans()) {
            verify(requireNonNull(task.sources().get(scan.dataset())));
        }
        return result;
    }

    private static void verify(TableSource source) throws EngineFailure {
        try {
            source.verify();
        } catch (UnreadableBlock e) {
            throw new EngineFailure(EngineFailure.Code.DATA_UNREADABLE);
        }
    }

    private ExactResult execute(AnalysisTask task, CompiledPlan plan, Seeds seeds) throws EngineFailure {
        plan.checkSchemas(task.datasets(), task.sources());
        var codes = plan.grouping().newCodes();
        var scans = new Scans(plan, codes, task.sources(), SelectionKeys.of(seeds));
        var reader = new GroupReader(task.query().plan(), plan);
        var totals = new GroupTotals(plan, codes);
        try {
            for (var pass : passes(scans)) {
                totals.add(answers(scans.of(pass), PlanSql.of(plan, pass), reader));
            }
            return totals.result(reader.nothing());
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            // Neither the message nor the cause may go on: both can hold values of the data.
            throw new EngineFailure(EngineFailure.Code.RUN_FAILED);
        }
    }

    private List<Pass> passes(Scans scans) throws EngineFailure {
        return scans.rows() <= fewRows
                ? Pass.everybodyAtOnce()
                : Pass.of(scans.census(settings.threads()).take(), scans.rows(), settings.memoryBytes());
    }

    /** A database of its own for each pass gives all memory back. */
    private List<GroupReader.Answer> answers(Map<String, Scan> scans, String sql, GroupReader reader)
            throws SQLException, EngineFailure {
        var failure = new AtomicReference<EngineFailure.Code>();
        try (var connection = LockedDatabase.open(settings);
                var statement = connection.createStatement()) {
            for (var scan : scans.entrySet()) {
                ScanFunction.register(connection, scan.getKey(), scan.getValue(), settings.threads(), failure);
            }
            try (var rows = statement.executeQuery(sql)) {
                return reader.read(rows);
            }
        } catch (SQLException e) {
            var reason = failure.get();
            if (reason != null) {
                throw new EngineFailure(reason);
            }
            throw e;
        }
    }
}
