package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups of a column's values: the first case that holds counts. Their labels are a declared domain, whatever the data.
 *
 * @param otherwise the label of values, nulls among them, of which no case holds; empty where these are in no group
 */
public record Buckets(List<Case> cases, Optional<String> otherwise) {
    public static final int MAX_CASES = 64;
    private static final int MAX_LABEL = 256;

    public Buckets {
        cases = List.copyOf(cases);
        otherwise.ifPresent(Buckets::requireLabel);
        if (cases.isEmpty() || cases.size() > MAX_CASES) {
            throw new IllegalArgumentException("buckets have 1 to " + MAX_CASES + " cases");
        }
    }

    /** A label and the condition of the values that have it. */
    public record Case(String label, Condition when) {
        public Case {
            requireLabel(label);
            requireNonNull(when);
        }
    }

    /** In the order in which results list them. */
    public List<String> labels() {
        var labels = new ArrayList<String>();
        cases.forEach(bucket -> labels.add(bucket.label()));
        otherwise.ifPresent(labels::add);
        return List.copyOf(labels);
    }

    /** Whether {@code text} may label a group: one visible line, as values of domains are. */
    public static boolean isLabel(String text) {
        return !text.isBlank()
                && text.strip().equals(text)
                && text.length() <= MAX_LABEL
                && text.codePoints().noneMatch(Buckets::unseen);
    }

    private static void requireLabel(String text) {
        if (!isLabel(text)) {
            throw new IllegalArgumentException("a label of a bucket is one visible line of 1 to 256 characters");
        }
    }

    private static boolean unseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
