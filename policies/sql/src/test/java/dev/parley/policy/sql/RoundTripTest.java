package dev.parley.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.util.Util;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void comesBackFromSqlAsTheSamePlan() {
        var plans = new RandomPlans(20260101);

        for (var i = 0; i < 10_000; i++) {
            var plan = plans.next();

            var sql = SqlPlans.print(plan);

            assertThat(SqlPlans.compile(sql, Room.DATASETS, parameters(plan)))
                    .as(sql)
                    .isEqualTo(new Compilation.Planned(plan));
        }
    }

    @Test
    void takesEveryWordOfSqlAsAName() {
        var person = new ColumnRef(new DatasetId("crm"), new ColumnName("person"));
        var words = Grammar.words().stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.matches("[a-z][a-z0-9_]{0,62}"))
                .toList();

        for (var word : words) {
            var plan = new Plan(
                    person, List.of(), List.of(), List.of(), List.of(new Aggregate.CountRows(new ColumnName(word))));

            assertThat(Room.compile(SqlPlans.print(plan))).as(word).isEqualTo(new Compilation.Planned(plan));
        }
        assertThat(words).hasSizeGreaterThan(500);
    }

    @Test
    void readsTextAsUnicodeWithoutAnyFlag() {
        assertThat(System.getProperty("calcite.default.charset")).isNull();
        Charset charset = Util.getDefaultCharset();

        assertThat(charset).isEqualTo(StandardCharsets.UTF_8);
    }

    private static List<Parameter> parameters(Plan plan) {
        var named = plan.literals();
        return Room.PARAMETERS.stream()
                .filter(parameter -> named.contains(new Literal.Parameter(parameter.name())))
                .toList();
    }
}
