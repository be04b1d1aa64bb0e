package dev.parley.enclave.engine;

import dev.parley.policy.plan.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/** Compares numbers with constants, after clamping them to the column's declared bounds. */
record NumberFilter(LongPredicate matches, ValueRange bounds) implements ColumnFilter {
    static NumberFilter of(Condition.Test condition, NumberForm form) throws EngineFailure {
        return new NumberFilter(
                switch (condition) {
                    case Condition.Compare compare -> comparison(compare, form);
                    case Condition.OneOf oneOf -> membership(oneOf, form);
                },
                form.bounds());
    }

    @Override
    public IntPredicate on(ColumnBlock column) {
        var numbers = (ColumnBlock.Numbers) column;
        return row -> !numbers.isNull(row) && matches.test(bounds.clamp(numbers.value(row)));
    }

    private static LongPredicate comparison(Condition.Compare compare, NumberForm form) throws EngineFailure {
        var constant = form.constant(compare.value());
        return switch (compare.operator()) {
            case EQUAL -> constant.equal()::contains;
            case NOT_EQUAL -> constant.equal().negate();
            case LESS -> constant.below()::contains;
            case LESS_OR_EQUAL -> constant.above().negate();
            case GREATER -> constant.above()::contains;
            case GREATER_OR_EQUAL -> constant.below().negate();
        };
    }

    private static LongPredicate membership(Condition.OneOf oneOf, NumberForm form) throws EngineFailure {
        List<ValueRange> constants = new ArrayList<>();
        for (var value : oneOf.values()) {
            constants.add(form.constant(value).equal());
        }
        return number -> constants.stream().anyMatch(range -> range.contains(number));
    }
}
