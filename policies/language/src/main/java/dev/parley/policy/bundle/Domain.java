package dev.parley.policy.bundle;

import java.util.List;

/** The values that a dimension or filter can have, known before any data: in the order in which results list them. */
public record Domain(List<String> values) {
    public static final int MAX_VALUES = 10_000;
    private static final int MAX_LENGTH = 256;

    public Domain {
        values = List.copyOf(values);
        Form.require(!values.isEmpty(), "a domain needs a value");
        Form.require(values.size() <= MAX_VALUES, "a domain has at most " + MAX_VALUES + " values");
        values.forEach(value -> Form.line("a value of a domain", value, MAX_LENGTH));
        Form.distinct("a value of a domain", values, value -> value);
    }

    public boolean contains(String value) {
        return values.contains(value);
    }
}
