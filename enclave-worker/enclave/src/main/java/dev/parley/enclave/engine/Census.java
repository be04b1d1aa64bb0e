package dev.parley.enclave.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the identities of all datasets once, to find who has more than one row that counts. */
final class Census {
    private final List<Side> sides;
    private final int threads;

    /** A dataset and how its rows are selected. */
    record Side(TableSource source, ScanPlan plan, RowSelector selector) {}

    Census(List<Side> sides, int threads) {
        this.sides = List.copyOf(sides);
        this.threads = threads;
    }

    Repeats take() throws EngineFailure {
        long most = sides.stream().mapToLong(side -> side.source.rows()).max().orElse(0);
        var repeats = new Repeats(sides.size(), most);
        for (var side : sides) {
            repeats.next();
            read(side, repeats);
        }
        return repeats;
    }

    private void read(Side side, Repeats repeats) throws EngineFailure {
        var next = new AtomicInteger();
        Callable<Boolean> worker = () -> {
            for (int block = next.getAndIncrement(); block < side.source.blocks(); block = next.getAndIncrement()) {
                note(side, block, repeats);
            }
            return true;
        };
        var workers = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < threads; i++) {
            workers.add(worker);
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var done : pool.invokeAll(workers)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineFailure failure
                    ? failure
                    : new EngineFailure(EngineFailure.Code.DATA_UNREADABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(EngineFailure.Code.RUN_FAILED);
        }
    }

    private static void note(Side side, int index, Repeats repeats) throws UnreadableBlock, EngineFailure {
        var block = side.source.block(index, side.plan.selecting());
        var identities = (ColumnBlock.Identities) block.columns().getFirst();
        var selected = side.selector.select(block, PeopleChoice.EVERYBODY);
        for (int i = 0; i < selected.count(); i++) {
            repeats.note(identities.word(selected.row(i), 2));
        }
    }
}
