package dev.parley.local.people;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the join of both files really gives, computed from the people themselves: not through files, normalisation or the
 * engine, so that a mistake in any of them shows as a difference.
 *
 * @param groups cells by the values of the dimensions asked for, in no order
 */
public record TrueAnswer(Map<List<String>, Cells> groups) {
    /** By what joined rows can be grouped. */
    public enum Dimension {
        SEGMENT,
        REGION,
        CAMPAIGN;

        private String of(Customer customer, Exposure exposure) {
            return switch (this) {
                case SEGMENT -> customer.segment();
                case REGION -> customer.region();
                case CAMPAIGN -> exposure.campaign();
            };
        }
    }

    /**
     * Aggregates of the joined rows of a group.
     *
     * @param spendCents of the customer, once for every exposure: what a sum after the join means
     */
    public record Cells(long people, long rows, long spendCents, long impressions) {}

    public TrueAnswer {
        groups = Map.copyOf(groups);
    }

    public static TrueAnswer of(Population population, List<Dimension> dimensions) {
        var customers =
                HashMap.<Person, Customer>newHashMap(population.customers().size());
        population.customers().forEach(customer -> customers.put(customer.person(), customer));
        var groups = new HashMap<List<String>, Group>();
        for (var exposure : population.exposures()) {
            var customer = customers.get(exposure.person());
            if (customer != null) {
                var key = dimensions.stream()
                        .map(dimension -> dimension.of(customer, exposure))
                        .toList();
                groups.computeIfAbsent(key, _ -> new Group()).add(customer, exposure);
            }
        }
        var cells = new HashMap<List<String>, Cells>();
        groups.forEach((key, group) -> cells.put(key, group.cells()));
        return new TrueAnswer(cells);
    }

    /** The keys of the groups, sorted by their values. */
    public List<List<String>> keys() {
        var sorted = new TreeMap<String, List<String>>();
        groups.keySet().forEach(key -> sorted.put(String.join("\u0000", key), key));
        return new ArrayList<>(sorted.values());
    }

    public Cells cells(List<String> key) {
        return requireNonNull(groups.get(key), "no such group");
    }

    private static final class Group {
        private final Set<Person> people = new HashSet<>();
        private long rows;
        private long spendCents;
        private long impressions;

        void add(Customer customer, Exposure exposure) {
            people.add(customer.person());
            rows++;
            spendCents += customer.spendCents();
            impressions += exposure.impressions();
        }

        Cells cells() {
            return new Cells(people.size(), rows, spendCents, impressions);
        }
    }
}
