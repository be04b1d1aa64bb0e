package dev.parley.policy.authoring.review;

import dev.parley.policy.authoring.review.Change.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Collects changes, and knows the few shapes that they have. */
final class Changes {
    private final List<Change> found = new ArrayList<>();

    List<Change> all() {
        return List.copyOf(found);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void add(Effect effect, String place, String description) {
        found.add(new Change(effect, place, description));
    }

    void weaker(String place, String description) {
        add(Effect.WEAKER, place, description);
    }

    void stronger(String place, String description) {
        add(Effect.STRONGER, place, description);
    }

    /** A difference whose direction says nothing about privacy, or whose every direction must be looked at. */
    void differs(Effect effect, String place, Object before, Object after) {
        if (!before.equals(after)) {
            add(effect, place, before + " → " + after);
        }
    }

    /** A number of which more is weaker. */
    void more(String place, long before, long after) {
        if (before != after) {
            add(after > before ? Effect.WEAKER : Effect.STRONGER, place, before + " → " + after);
        }
    }

    /** A number of which less is weaker. */
    void less(String place, long before, long after) {
        if (before != after) {
            add(after < before ? Effect.WEAKER : Effect.STRONGER, place, before + " → " + after);
        }
    }

    /** A set to which every addition is weaker. */
    <T> void members(String place, Collection<T> before, Collection<T> after) {
        Set<T> added = new LinkedHashSet<>(after);
        added.removeAll(before);
        Set<T> removed = new LinkedHashSet<>(before);
        removed.removeAll(after);
        added.forEach(member -> weaker(place, "adds " + member));
        removed.forEach(member -> stronger(place, "removes " + member));
    }

    /** Parts with names: what came, what went, and what stayed and may have changed. */
    record Parts<T>(Map<Object, T> before, Map<Object, T> after) {
        static <T> Parts<T> of(List<T> before, List<T> after, Function<T, Object> name) {
            return new Parts<>(named(before, name), named(after, name));
        }

        List<T> added() {
            return after.entrySet().stream()
                    .filter(part -> !before.containsKey(part.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        List<T> removed() {
            return before.entrySet().stream()
                    .filter(part -> !after.containsKey(part.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        void kept(BiConsumer<T, T> both) {
            before.forEach((name, old) -> {
                var young = after.get(name);
                if (young != null && !young.equals(old)) {
                    both.accept(old, young);
                }
            });
        }

        private static <T> Map<Object, T> named(List<T> parts, Function<T, Object> name) {
            var named = new LinkedHashMap<Object, T>();
            parts.forEach(part -> named.put(name.apply(part), part));
            return named;
        }
    }
}
