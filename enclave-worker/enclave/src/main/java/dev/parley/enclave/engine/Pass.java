package dev.parley.enclave.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * One query of a run, about some of the people. Groups of a run are the sums over its passes, since no person is in two.
 *
 * @param single whether each of these people has at most one row in every dataset: then nothing has to be bounded, and
 *     rows are people
 */
record Pass(PeopleChoice people, boolean single) {
    /** Below this many rows one pass about everybody is quicker than looking who is repeated. */
    static final long FEW_ROWS = 1_000_000;

    /** What a row costs the engine at most, in a join alone and with people's contributions. */
    private static final long SINGLE_ROW_BYTES = 48;

    private static final long REPEATED_ROW_BYTES = 512;

    static List<Pass> everybodyAtOnce() {
        return List.of(new Pass(PeopleChoice.EVERYBODY, false));
    }

    /** As few passes as the memory allows. */
    static List<Pass> of(Repeats repeats, long rows, long memoryBytes) {
        var passes = new ArrayList<Pass>();
        int parts = parts(rows * SINGLE_ROW_BYTES, memoryBytes);
        for (int part = 0; part < parts; part++) {
            passes.add(new Pass(repeats.others().part(part, parts), true));
        }
        if (repeats.mostRows() > 0) {
            parts = parts(repeats.mostRows() * REPEATED_ROW_BYTES, memoryBytes);
            for (int part = 0; part < parts; part++) {
                passes.add(new Pass(repeats.people().part(part, parts), false));
            }
        }
        return passes;
    }

    private static int parts(long bytes, long memoryBytes) {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, memoryBytes)));
    }
}
