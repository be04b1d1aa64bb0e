package dev.parley.enclave.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL of a compiled plan. It consists of fixed words, numbers of columns and limits; nothing of the plan's text goes
 * in. A person is the first two words of the identity: two people who share these count as one, which only lowers what
 * is released. Joins compare all four words.
 *
 * <p>Stages: the joined rows; of each person and group the rows with the least tags; one row per person and group; of each
 * person the groups with the least keyed hash; one row per group. Tags and hashes are functions of content, so threads and
 * the order of rows change nothing.
 */
final class PlanSql {
    /** Odd, and below 2^46: a group's number times this fits 63 bits, as {@link Grouping#MOST_GROUPS} is below 2^17. */
    static final long GROUP_SPREAD = 0x2545F4914F6DL;

    private final CompiledPlan plan;
    private final boolean single;

    private PlanSql(CompiledPlan plan, boolean single) {
        this.plan = plan;
        this.single = single;
    }

    /** The result has one row per group that is not empty; its columns are read by {@link GroupReader}. */
    static String of(CompiledPlan plan, Pass pass) {
        var sql = new PlanSql(plan, pass.single());
        return pass.single() ? sql.groupsOfSinglePeople() : sql.statement();
    }

    /** The name that the SQL calls a scan by. */
    static String scan(int side) {
        return "rows" + side;
    }

    /** Who has one row is in one group with it: nothing is to be bounded, and each row is a person. */
    private String groupsOfSinglePeople() {
        var columns = new ArrayList<>(List.of("g", "count(*)"));
        columns.addAll(matched("true"));
        for (int i = 0; i < plan.measures().columns().size(); i++) {
            columns.add("sum(m%d), count(m%d)".formatted(i, i));
            columns.addAll(matched("m" + i + " IS NOT NULL"));
        }
        return "WITH joined AS (" + joined() + ") SELECT " + String.join(", ", columns) + " FROM joined GROUP BY g";
    }

    private String statement() {
        var stages = new ArrayList<String>();
        stages.add("joined AS (" + joined() + ")");
        var rows = "joined";
        if (plan.limits().noise().isPresent()) {
            stages.add("kept AS (" + kept() + ")");
            rows = "kept";
        }
        stages.add("contributions AS (" + contributions(rows) + ")");
        var contributions = "contributions";
        if (plan.boundsGroups()) {
            stages.add("bounded AS (" + bounded() + ")");
            contributions = "bounded";
        }
        return "WITH " + String.join(", ", stages) + " " + groups(contributions);
    }

    private String joined() {
        var columns = new ArrayList<>(single ? List.<String>of() : List.of("d0.i0 AS p0", "d0.i1 AS p1"));
        columns.add(groupNumber() + " AS g");
        if (!single && plan.limits().noise().isPresent()) {
            columns.add("hash(" + tag() + ") AS t");
        }
        if (!single && plan.boundsGroups()) {
            columns.add("d0.k AS k");
        }
        for (int side = 0; side < plan.scans().size(); side++) {
            var scan = plan.scans().get(side);
            if (scan.optional()) {
                columns.add("d" + side + ".i0 IS NOT NULL AS x" + side);
            }
            for (var measure : scan.measures()) {
                columns.add("d" + side + ".m" + measure.index() + " AS m" + measure.index());
            }
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + scan(0) + "() d0" + joins();
    }

    private String groupNumber() {
        var number = new StringBuilder("d0.g");
        for (int side = 1; side < plan.scans().size(); side++) {
            var scan = plan.scans().get(side);
            if (!scan.digits().isEmpty()) {
                number.append(" + ")
                        .append(
                                scan.optional()
                                        ? "coalesce(d" + side + ".g, "
                                                + scan.absent().orElseThrow() + ")"
                                        : "d" + side + ".g");
            }
        }
        return number.toString();
    }

    /** Who has no row in a dataset has no tag of it. */
    private String tag() {
        var tag = "d0.t";
        for (int side = 1; side < plan.scans().size(); side++) {
            var other = plan.scans().get(side).optional() ? "coalesce(d" + side + ".t, 0)" : "d" + side + ".t";
            tag = "xor(" + tag + ", " + other + ")";
        }
        return tag;
    }

    /** All join on the identity of the first dataset, so their order is free: those that drop rows go first. */
    private String joins() {
        var sides = IntStream.range(1, plan.scans().size())
                .boxed()
                .sorted(Comparator.comparing(side -> plan.scans().get(side).optional()))
                .toList();
        var joins = new StringBuilder();
        for (int side : sides) {
            joins.append(plan.scans().get(side).optional() ? " LEFT JOIN " : " JOIN ")
                    .append(scan(side) + "() d" + side + " ON ")
                    .append(IntStream.range(0, 4)
                            .mapToObj(word -> "d0.i" + word + " = d" + side + ".i" + word)
                            .collect(Collectors.joining(" AND ")));
        }
        return joins.toString();
    }

    private String kept() {
        int most = plan.limits().noise().orElseThrow().maxRows();
        return "SELECT * FROM joined QUALIFY row_number() OVER (PARTITION BY p0, p1, g ORDER BY t) <= " + most;
    }

    private String contributions(String rows) {
        var columns = new ArrayList<>(List.of("p0", "p1", "g", "count(*) AS n"));
        if (plan.boundsGroups()) {
            columns.add("min(k) AS k");
        }
        optional().forEach(side -> columns.add("bool_or(x" + side + ") AS x" + side));
        for (int i = 0; i < plan.measures().columns().size(); i++) {
            columns.add("sum(m%d) AS s%d, count(m%d) AS c%d".formatted(i, i, i, i));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + rows + " GROUP BY p0, p1, g";
    }

    private String bounded() {
        int most = plan.limits().noise().orElseThrow().maxGroups();
        return "SELECT * FROM contributions QUALIFY row_number() OVER (PARTITION BY p0, p1 ORDER BY hash(xor(k, g * "
                + GROUP_SPREAD + ")), g) <= " + most;
    }

    private String groups(String contributions) {
        var columns = new ArrayList<>(List.of("g", "sum(n)"));
        columns.addAll(matched("true"));
        for (int i = 0; i < plan.measures().columns().size(); i++) {
            columns.add("sum(s%d), sum(c%d)".formatted(i, i));
            columns.addAll(matched("c" + i + " > 0"));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + contributions + " GROUP BY g";
    }

    private Stream<Integer> optional() {
        return IntStream.range(0, plan.scans().size())
                .filter(side -> plan.scans().get(side).optional())
                .boxed();
    }

    /** For each dataset the people with a row in it: everybody, unless people stay without one. */
    private List<String> matched(String condition) {
        return IntStream.range(0, plan.scans().size())
                .mapToObj(side -> plan.scans().get(side).optional() ? condition + " AND x" + side : condition)
                .map(filter -> filter.equals("true") ? "count(*)" : "count(*) FILTER (" + filter + ")")
                .toList();
    }
}
