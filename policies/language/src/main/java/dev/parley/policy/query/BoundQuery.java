package dev.parley.policy.query;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.TemplateId;
import java.util.Map;

/** A plan without gaps: what is executed. Made by {@code Template.bind}. */
public record BoundQuery(TemplateId template, Plan plan) {
    public BoundQuery {
        requireNonNull(template);
        if (plan.literals().stream().anyMatch(Literal.Parameter.class::isInstance)) {
            throw new IllegalArgumentException("a bound query has no parameters left");
        }
    }

    /**
     * Puts constants in the place of parameters.
     *
     * @throws Malformed if the plan has a parameter that {@code values} does not
     */
    public static BoundQuery of(TemplateId template, Plan plan, Map<ColumnName, Literal> values) throws Malformed {
        return new BoundQuery(template, new Binding(values).bind(plan));
    }
}
