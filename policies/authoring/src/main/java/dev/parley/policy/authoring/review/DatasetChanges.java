package dev.parley.policy.authoring.review;

import dev.parley.policy.authoring.review.Change.Effect;
import dev.parley.policy.authoring.review.Changes.Parts;
import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import java.util.List;
import java.util.Optional;

/** What changes in datasets and what queries may do with their columns. */
final class DatasetChanges {
    private final Changes changes;

    DatasetChanges(Changes changes) {
        this.changes = changes;
    }

    void compare(List<Dataset> before, List<Dataset> after) {
        var parts = Parts.of(before, after, Dataset::id);
        parts.added().forEach(d -> changes.weaker("datasets", "adds " + d.id() + " of " + d.owner()));
        parts.removed().forEach(d -> changes.stronger("datasets", "removes " + d.id()));
        parts.kept(this::dataset);
    }

    private void dataset(Dataset was, Dataset is) {
        var place = "dataset " + is.id();
        changes.differs(Effect.WEAKER, place + " / owner", was.owner(), is.owner());
        // Another lineage is another budget, which nobody has spent from yet.
        changes.differs(Effect.WEAKER, place + " / lineage", was.lineage(), is.lineage());
        changes.differs(Effect.WEAKER, place + " / privacy unit", was.privacyUnit(), is.privacyUnit());
        var columns = Parts.of(was.columns(), is.columns(), Column::name);
        columns.added()
                .forEach(c -> changes.add(
                        c.role() == ColumnRole.HIDDEN ? Effect.NEUTRAL : Effect.WEAKER,
                        place,
                        "adds column " + c.name() + " as " + c.role().text()));
        columns.removed().forEach(c -> changes.stronger(place, "removes column " + c.name()));
        columns.kept((old, young) -> column(place + " / column " + young.name(), old, young));
        changes.differs(Effect.NEUTRAL, place + " / order of columns", names(was), names(is));
    }

    private void column(String place, Column was, Column is) {
        changes.differs(
                is.role() == ColumnRole.HIDDEN ? Effect.STRONGER : Effect.WEAKER,
                place + " / role",
                was.role().text(),
                is.role().text());
        changes.differs(
                Effect.WEAKER, place + " / type", was.type().text(), is.type().text());
        changes.differs(
                Effect.WEAKER,
                place + " / normalisation",
                was.normalisation().orElse("none"),
                is.normalisation().orElse("none"));
        domain(place + " / domain", was.domain(), is.domain());
        bounds(place + " / bounds", was.bounds(), is.bounds());
    }

    private void domain(String place, Optional<Domain> was, Optional<Domain> is) {
        if (was.isPresent() && is.isPresent()) {
            var before = was.get().values();
            var after = is.get().values();
            changes.members(place, before, after);
            if (before.size() == after.size() && before.containsAll(after)) {
                changes.differs(Effect.NEUTRAL, place + " / order", before, after);
            }
        } else if (was.isPresent()) {
            changes.weaker(place, "is no longer declared");
        } else if (is.isPresent()) {
            changes.stronger(place, "is declared");
        }
    }

    private void bounds(String place, Optional<Bounds> was, Optional<Bounds> is) {
        if (was.equals(is)) {
            return;
        }
        var narrower = is.isPresent()
                && was.map(old -> old.contains(is.get().min())
                                && old.contains(is.get().max()))
                        .orElse(true);
        changes.add(narrower ? Effect.STRONGER : Effect.WEAKER, place, text(was) + " → " + text(is));
    }

    private static String text(Optional<Bounds> bounds) {
        return bounds.map(b -> b.min().toPlainString() + " to " + b.max().toPlainString())
                .orElse("none");
    }

    private static List<String> names(Dataset dataset) {
        return dataset.columns().stream().map(c -> c.name().value()).toList();
    }
}
