package dev.parley.enclave.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/** A scan as a table function of DuckDB. Its threads take blocks one by one; only columns that the SQL names are copied. */
final class ScanFunction implements DuckDBTableFunction<Scan, ScanFunction.Progress, ScanFunction.Cursor> {
    private final Scan scan;
    private final int threads;
    private final AtomicReference<EngineFailure.Code> failure;

    private ScanFunction(Scan scan, int threads, AtomicReference<EngineFailure.Code> failure) {
        this.scan = scan;
        this.threads = threads;
        this.failure = failure;
    }

    /**
     * Makes the scan callable in SQL.
     *
     * @param failure takes the reason where reading fails: the engine's message is not to be looked at
     */
    static void register(
            Connection connection, String name, Scan scan, int threads, AtomicReference<EngineFailure.Code> failure)
            throws SQLException {
        try (var builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name)
                    .withFunction(new ScanFunction(scan, threads, failure))
                    .withProjectionPushdown()
                    .register(connection);
        }
    }

    /** Shared by the threads of one scan. */
    static final class Progress {
        private final AtomicInteger nextBlock = new AtomicInteger();
        private final int[] projection;

        private Progress(int[] projection) {
            this.projection = projection;
        }
    }

    /** One thread's place. */
    static final class Cursor {
        private EngineRows rows = new EngineRows(0, 0);
        private int next;
    }

    @Override
    public Scan bind(DuckDBTableFunctionBindInfo info) {
        for (var column : scan.columns()) {
            info.addResultColumn(column, DuckDBColumnType.BIGINT);
        }
        info.setCardinality(scan.rows(), false);
        return scan;
    }

    @Override
    public Progress init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(threads);
        var projection = new int[Math.toIntExact(info.getColumnCount())];
        for (int i = 0; i < projection.length; i++) {
            projection[i] = Math.toIntExact(info.getColumnIndex(i));
        }
        return new Progress(projection);
    }

    @Override
    public Cursor localInit(DuckDBTableFunctionInitInfo info) {
        return new Cursor();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) throws EngineFailure {
        try {
            Progress progress = info.getInitData();
            Cursor cursor = info.getLocalInitData();
            while (cursor.next == cursor.rows.rows()) {
                int block = progress.nextBlock.getAndIncrement();
                if (block >= scan.blocks()) {
                    return 0;
                }
                cursor.rows = scan.read(block);
                cursor.next = 0;
            }
            return copy(progress.projection, cursor, out);
        } catch (EngineFailure e) {
            throw fail(e.code());
        } catch (UnreadableBlock | RuntimeException e) {
            throw fail(EngineFailure.Code.DATA_UNREADABLE);
        }
    }

    private EngineFailure fail(EngineFailure.Code code) {
        failure.compareAndSet(null, code);
        return new EngineFailure(code);
    }

    private static long copy(int[] projection, Cursor cursor, DuckDBDataChunkWriter out) {
        int count = Math.toIntExact(Math.min(out.capacity(), cursor.rows.rows() - cursor.next));
        for (int i = 0; i < projection.length; i++) {
            copy(cursor, projection[i], count, out.vector(i));
        }
        cursor.next += count;
        return count;
    }

    private static void copy(Cursor cursor, int column, int count, DuckDBWritableVector vector) {
        var values = cursor.rows.column(column);
        boolean nullable = cursor.rows.hasNulls(column);
        for (int i = 0; i < count; i++) {
            int row = cursor.next + i;
            if (nullable && cursor.rows.isNull(column, row)) {
                vector.setNull(i);
            } else {
                vector.setLong(i, values[row]);
            }
        }
    }
}
