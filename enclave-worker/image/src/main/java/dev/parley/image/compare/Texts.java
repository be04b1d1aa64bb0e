package dev.parley.image.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares named texts. */
final class Texts {
    private Texts() {}

    /** One change for each name whose text differs, by name. */
    static List<Change> changes(Part part, Map<String, String> before, Map<String, String> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (var name : names) {
            var was = Optional.ofNullable(before.get(name));
            var is = Optional.ofNullable(after.get(name));
            if (!was.equals(is)) {
                changes.add(new Change(part, name, was, is, List.of()));
            }
        }
        return changes;
    }
}
