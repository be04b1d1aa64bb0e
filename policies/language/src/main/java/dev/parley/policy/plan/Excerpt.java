package dev.parley.policy.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What of a released result is shown, and in which order. Judged after noise and suppression, so it costs nothing.
 *
 * @param having conditions that all must hold; a suppressed cell meets none
 * @param order by what rows are sorted, the first counting most
 * @param limit how many rows are shown
 */
public record Excerpt(List<CellCondition> having, List<Order> order, Optional<Integer> limit) {
    public static final Excerpt WHOLE = new Excerpt(List.of(), List.of(), Optional.empty());
    public static final int MAX_ITEMS = 16;
    public static final int MAX_LIMIT = 100_000;

    public Excerpt {
        having = List.copyOf(having);
        order = List.copyOf(order);
        if (having.size() > MAX_ITEMS || order.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("at most " + MAX_ITEMS + " conditions on cells, and as many orders");
        }
        var names = new HashSet<ColumnName>();
        if (!order.stream().allMatch(by -> names.add(by.by()))) {
            throw new IllegalArgumentException("an order names each output once");
        }
        if (limit.isPresent() && (limit.get() < 1 || limit.get() > MAX_LIMIT)) {
            throw new IllegalArgumentException("a limit is from 1 to " + MAX_LIMIT);
        }
    }

    /** Sorts by a group's text or a cell's value. */
    public record Order(ColumnName by, boolean descending) {}
}
