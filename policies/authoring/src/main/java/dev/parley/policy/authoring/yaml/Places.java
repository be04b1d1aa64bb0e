package dev.parley.policy.authoring.yaml;

import java.util.HashMap;
import java.util.Map;

/** Where each rule of a room folder stands, by its path {@code file#path}. */
public final class Places {
    private final Map<String, Position> known = new HashMap<>();

    void put(String file, String path, Position at) {
        // The key of a map says more than its first entry, and is met first.
        known.putIfAbsent(file + "#" + path, at);
    }

    /** The place of a rule, or the nearest place around it. */
    public Position of(String rule) {
        var hash = rule.indexOf('#');
        for (var path = rule;
                path.length() > hash;
                path = path.substring(0, Math.max(path.lastIndexOf('/'), hash + 1))) {
            var at = known.get(path);
            if (at != null) {
                return at;
            }
            if (path.length() == hash + 1) {
                break;
            }
        }
        return Position.startOf(hash < 0 ? rule : rule.substring(0, hash));
    }
}
