package dev.parley.policy.sample;

import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One change in a JSON value: what a test needs to make one thing wrong. Paths look like {@code templates/0/mode}. */
public final class JsonEdit {
    private JsonEdit() {}

    public static Json.Obj set(Json.Obj document, String path, Json value) {
        return (Json.Obj) set(document, List.of(path.split("/", -1)), value);
    }

    /** Takes a member away. */
    public static Json.Obj drop(Json.Obj document, String path) {
        var at = path.lastIndexOf('/');
        if (at < 0) {
            var members = new LinkedHashMap<>(document.members());
            members.remove(path);
            return new Json.Obj(members);
        }
        var parent = (Json.Obj) get(document, path.substring(0, at));
        return set(document, path.substring(0, at), drop(parent, path.substring(at + 1)));
    }

    public static Json get(Json document, String path) {
        var value = document;
        for (var step : path.split("/", -1)) {
            value = child(value, step);
        }
        return value;
    }

    private static Json set(Json at, List<String> path, Json value) {
        if (path.isEmpty()) {
            return value;
        }
        var step = path.getFirst();
        var rest = path.subList(1, path.size());
        if (at instanceof Json.Arr(var items)) {
            var copy = new ArrayList<>(items);
            if (step.equals("+")) {
                copy.add(value);
            } else {
                copy.set(Integer.parseInt(step), set(copy.get(Integer.parseInt(step)), rest, value));
            }
            return new Json.Arr(copy);
        }
        var members = new LinkedHashMap<>(((Json.Obj) at).members());
        members.put(step, rest.isEmpty() ? value : set(child(at, step), rest, value));
        return new Json.Obj(members);
    }

    private static Json child(Json at, String step) {
        if (at instanceof Json.Arr(var items)) {
            return items.get(Integer.parseInt(step));
        }
        var child = ((Json.Obj) at).members().get(step);
        if (child == null) {
            throw new IllegalArgumentException("no such place: " + step);
        }
        return child;
    }
}
