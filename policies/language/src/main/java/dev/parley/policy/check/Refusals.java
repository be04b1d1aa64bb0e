package dev.parley.policy.check;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects every reason against a query, in the order in which they were found. */
final class Refusals {
    private final List<Refusal> found = new ArrayList<>();

    List<Refusal> all() {
        return List.copyOf(found);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void room(RefusalCode code, String path, String nearest) {
        found.add(new Refusal(code, "room.yaml#" + path, Optional.empty(), Optional.empty(), nearest));
    }

    void template(RefusalCode code, Template template, String path, String nearest) {
        var rule = template.source() + "#" + path;
        found.add(new Refusal(code, rule, Optional.empty(), Optional.empty(), nearest));
    }

    void template(RefusalCode code, Template template, String path, ColumnRef column, String nearest) {
        var rule = template.source() + "#" + path;
        found.add(new Refusal(code, rule, Optional.empty(), Optional.of(column), nearest));
    }

    /** A rule that the owner of a dataset made about a column. */
    void column(RefusalCode code, Dataset dataset, ColumnRef column, String nearest) {
        var rule = dataset.source() + "#columns/" + column.column();
        found.add(new Refusal(code, rule, Optional.of(dataset.owner()), Optional.of(column), nearest));
    }

    void limits(RefusalCode code, Privacy limits, String path, String nearest) {
        found.add(new Refusal(code, limits.rule(path), Optional.of(limits.party()), Optional.empty(), nearest));
    }

    /** A rule that the owner of a dataset did not make and must. */
    void unstated(RefusalCode code, Dataset dataset, String path, String nearest) {
        var rule = "privacy.yaml#" + dataset.owner() + "/" + path;
        found.add(new Refusal(code, rule, Optional.of(dataset.owner()), Optional.empty(), nearest));
    }
}
