package dev.parley.enclave.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL of a compiled plan. It consists of fixed words, numbers of columns and limits; nothing of the plan's text goes
 * in. A person is the first two words of the identity: two people who share these count as one, which only lowers what
 * is released. The join compares all four words.
 *
 * <p>Stages: the joined rows; of each person and group the rows with the least tags; one row per person and group; of each
 * person the groups with the least keyed hash; one row per group. Tags and hashes are functions of content, so threads and
 * the order of rows change nothing.
 */
final class PlanSql {
    static final String LEFT = "left_rows";
    static final String RIGHT = "right_rows";

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

    /** Who has one row is in one group with it: nothing is to be bounded, and each row is a person. */
    private String groupsOfSinglePeople() {
        var columns = new ArrayList<>(List.of("g", "count(*)", "count(*)", matched("true")));
        for (int i = 0; i < plan.measures().columns().size(); i++) {
            columns.add("sum(m%d), count(m%d), count(m%d)".formatted(i, i, i));
            columns.add(matched("m" + i + " IS NOT NULL"));
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
        boolean joins = plan.joins();
        var columns = new ArrayList<>(single ? List.<String>of() : List.of("l.i0 AS p0", "l.i1 AS p1"));
        // Where people stay without a match, the right side has no dimension: its part is zero.
        columns.add(joins && !plan.keepsUnmatched() ? "l.g + r.g AS g" : "l.g AS g");
        if (!single && plan.limits().noise().isPresent()) {
            columns.add(joins ? "hash(xor(l.t, coalesce(r.t, 0))) AS t" : "hash(l.t) AS t");
        }
        if (!single && plan.boundsGroups()) {
            columns.add("l.k AS k");
        }
        if (plan.keepsUnmatched()) {
            columns.add("r.i0 IS NOT NULL AS x");
        }
        for (int side = 0; side < plan.scans().size(); side++) {
            var alias = side == 0 ? "l" : "r";
            plan.scans().get(side).measures().forEach(m -> columns.add(alias + ".m" + m.index() + " AS m" + m.index()));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + LEFT + "() l" + (joins ? join() : "");
    }

    private String join() {
        return (plan.keepsUnmatched() ? " LEFT JOIN " : " JOIN ") + RIGHT + "() r ON "
                + IntStream.range(0, 4)
                        .mapToObj(word -> "l.i" + word + " = r.i" + word)
                        .collect(Collectors.joining(" AND "));
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
        if (plan.keepsUnmatched()) {
            columns.add("bool_or(x) AS x");
        }
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
        var columns = new ArrayList<>(List.of("g", "sum(n)", "count(*)", matched("true")));
        for (int i = 0; i < plan.measures().columns().size(); i++) {
            columns.add("sum(s%d), sum(c%d), count(*) FILTER (c%d > 0)".formatted(i, i, i));
            columns.add(matched("c" + i + " > 0"));
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + contributions + " GROUP BY g";
    }

    /** People with a match in the right dataset: everybody, unless people stay without one. */
    private String matched(String condition) {
        return "count(*) FILTER (" + condition + (plan.keepsUnmatched() ? " AND x" : "") + ")";
    }
}
