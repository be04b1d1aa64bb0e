package dev.parley.policy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.TemplateId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundQueryTest {
    private static final TemplateId TEMPLATE = new TemplateId("test");
    private static final ColumnName NAME = new ColumnName("gap");
    private static final ColumnName PEOPLE = new ColumnName("people");

    @Test
    void putsConstantsWhereverAParameterMayStand() throws Malformed {
        var bound = BoundQuery.of(TEMPLATE, plan(new Literal.Parameter(NAME)), Map.of(NAME, new Literal.Whole(7)));

        assertThat(bound.plan()).isEqualTo(plan(new Literal.Whole(7)));
        assertThat(bound.plan().literals()).hasSize(5).containsOnly(new Literal.Whole(7));
    }

    @Test
    void refusesAParameterWithoutAConstant() {
        var plan = plan(new Literal.Parameter(NAME));

        assertThatThrownBy(() -> BoundQuery.of(TEMPLATE, plan, Map.of())).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> BoundQuery.of(TEMPLATE, plan, Map.of(NAME, new Literal.Parameter(NAME))))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new BoundQuery(TEMPLATE, plan)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The literal stands in a test, inside OR and AND, in a bucket and in HAVING. */
    private static Plan plan(Literal literal) {
        var test = new Condition.Compare(
                SampleTemplates.ref(SampleTemplates.CUSTOMERS, "segment"), Operator.EQUAL, literal);
        var either = new Condition.AnyOf(List.of(test, new Condition.AllOf(List.of(test, test))));
        var buckets = new Buckets(List.of(new Buckets.Case("a", test)), Optional.of("b"));
        return new Plan(
                SampleTemplates.ref(SampleTemplates.CUSTOMERS, "email"),
                List.of(),
                List.of(either),
                List.of(new Group(test.column(), new ColumnName("kind"), Optional.of(buckets))),
                List.of(new Aggregate.CountPeople(PEOPLE)),
                new Excerpt(List.of(new CellCondition(PEOPLE, Operator.LESS, literal)), List.of(), Optional.empty()));
    }
}
