package dev.parley.enclave.privacy;

import dev.parley.policy.plan.ColumnName;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** Results before noise, made by hand. */
final class Results {
    static final ColumnName NAME = new ColumnName("figure");

    private Results() {}

    /** Groups that all hold one and the same value. */
    static ExactResult alike(Figure figure, ExactResult.Value value, int groups) {
        return new ExactResult(
                true,
                List.of(new ColumnName("cell")),
                List.of(figure),
                IntStream.range(0, groups)
                        .mapToObj(i -> new ExactResult.Group(List.of("g" + i), value.people(), List.of(value)))
                        .toList());
    }

    static ExactResult single(boolean declared, Figure figure, ExactResult.Value value, Long... people) {
        var group = new ExactResult.Group(List.of("only"), List.of(people), List.of(value));
        return new ExactResult(declared, List.of(new ColumnName("cell")), List.of(figure), List.of(group));
    }

    static ExactResult.Value value(long total, long count, Long... people) {
        return new ExactResult.Value(BigInteger.valueOf(total), count, List.of(people));
    }

    static Seeds seeds(int value) {
        var seed = new byte[Seeds.SIZE];
        seed[0] = (byte) value;
        seed[1] = (byte) (value >> 8);
        return TestSeeds.of(List.of(seed));
    }
}
