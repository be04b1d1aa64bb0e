package dev.parley.policy.authoring.review;

import dev.parley.policy.authoring.review.Change.Effect;
import dev.parley.policy.authoring.review.Changes.Parts;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Template;
import java.util.List;

/** What changes in the questions that may be asked. */
final class TemplateChanges {
    private final Changes changes;

    TemplateChanges(Changes changes) {
        this.changes = changes;
    }

    void compare(List<Template> before, List<Template> after) {
        var parts = Parts.of(before, after, Template::id);
        parts.added().forEach(t -> changes.weaker("templates", "adds " + t.id() + ": " + t.title()));
        parts.removed().forEach(t -> changes.stronger("templates", "removes " + t.id()));
        parts.kept(this::template);
    }

    private void template(Template was, Template is) {
        var place = "template " + is.id();
        changes.differs(Effect.NEUTRAL, place + " / title", was.title(), is.title());
        if (!was.plan().equals(is.plan())) {
            changes.weaker(place + " / query", "asks something else");
        } else if (!was.sql().equals(is.sql())) {
            changes.add(Effect.NEUTRAL, place + " / query", "is written otherwise and asks the same");
        }
        if (!was.parameters().equals(is.parameters())) {
            changes.add(
                    types(was).equals(types(is)) ? Effect.NEUTRAL : Effect.WEAKER, place + " / parameters", "change");
        }
        changes.members(place + " / runners", was.runners(), is.runners());
        changes.members(place + " / recipients", was.recipients(), is.recipients());
        changes.differs(
                mode(was.mode(), is.mode()),
                place + " / mode",
                was.mode().text(),
                is.mode().text());
        changes.more(place + " / cost cap (micro-epsilon)", was.maxMicroEpsilon(), is.maxMicroEpsilon());
    }

    /** Noise and thresholds protect in different ways: to have one for the other is not stronger. */
    private static Effect mode(ReleaseMode was, ReleaseMode is) {
        return is == ReleaseMode.DP_AND_THRESHOLD && was != is ? Effect.STRONGER : Effect.WEAKER;
    }

    private static List<String> types(Template template) {
        return template.parameters().stream()
                .map(p -> p.name() + " " + p.type().text())
                .toList();
    }
}
