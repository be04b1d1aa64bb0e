package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Domain;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Compares text with constants, once per entry of a block's dictionary. Order is that of the UTF-8 bytes. A text outside
 * the column's declared domain matches nothing: the policy says that it cannot occur.
 */
record TextFilter(Predicate<String> matches, Optional<Set<String>> domain) implements ColumnFilter {
    static TextFilter of(Condition.Test condition, Optional<Domain> domain) throws EngineFailure {
        return new TextFilter(
                switch (condition) {
                    case Condition.Compare compare -> comparison(compare);
                    case Condition.OneOf oneOf -> membership(oneOf);
                },
                domain.map(d -> Set.copyOf(d.values())));
    }

    @Override
    public IntPredicate on(ColumnBlock column) {
        var texts = (ColumnBlock.Texts) column;
        var matching = new boolean[texts.dictionary().size()];
        for (int i = 0; i < matching.length; i++) {
            var text = texts.dictionary().get(i);
            matching[i] = domain.map(d -> d.contains(text)).orElse(true) && matches.test(text);
        }
        return row -> !texts.isNull(row) && matching[texts.code(row)];
    }

    private static Predicate<String> comparison(Condition.Compare compare) throws EngineFailure {
        var constant = text(compare.value());
        return switch (compare.operator()) {
            case EQUAL -> constant::equals;
            case NOT_EQUAL -> text -> !constant.equals(text);
            case LESS -> text -> order(text, constant) < 0;
            case LESS_OR_EQUAL -> text -> order(text, constant) <= 0;
            case GREATER -> text -> order(text, constant) > 0;
            case GREATER_OR_EQUAL -> text -> order(text, constant) >= 0;
        };
    }

    private static Predicate<String> membership(Condition.OneOf oneOf) throws EngineFailure {
        var constants = new HashSet<String>();
        for (var value : oneOf.values()) {
            constants.add(text(value));
        }
        return constants::contains;
    }

    private static String text(Literal literal) throws EngineFailure {
        if (literal instanceof Literal.Text(var value)) {
            return value;
        }
        throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
    }

    private static int order(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
