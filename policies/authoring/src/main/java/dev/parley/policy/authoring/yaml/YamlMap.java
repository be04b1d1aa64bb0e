package dev.parley.policy.authoring.yaml;

import dev.parley.policy.authoring.yaml.YamlProblem.Code;
import dev.parley.policy.check.Nearest;
import dev.parley.policy.plan.DecimalText;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields.TextReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a map strictly: every key is asked for or refused, naming the nearest key that could have been meant. Remembers
 * where each path stands, so that later findings can point there.
 */
public final class YamlMap {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final YamlNode.Entries node;
    private final String path;
    private final Places places;
    private final Set<String> asked = new LinkedHashSet<>();

    public YamlMap(YamlNode.Entries node, String path, Places places) {
        this.node = node;
        this.path = path;
        this.places = places;
        places.put(node.at().file(), path, node.at());
    }

    /** What can be made of checked parts, or thrown by their constructor. */
    @FunctionalInterface
    public interface Making<T> {
        T make() throws Malformed;
    }

    public Position at() {
        return node.at();
    }

    public boolean has(String key) {
        asked.add(key);
        return find(key).isPresent();
    }

    /** The keys of a map whose keys are data. */
    public List<YamlNode.Scalar> keys() {
        var keys = node.entries().stream().map(YamlNode.Entry::key).toList();
        keys.forEach(key -> asked.add(key.text()));
        return keys;
    }

    public YamlNode.Scalar scalar(String key) throws YamlProblem {
        return scalarOf(value(key), key);
    }

    public String text(String key) throws YamlProblem {
        return scalar(key).text();
    }

    /** A text that its own type parses. */
    public <T> T text(String key, TextReader<T> reader) throws YamlProblem {
        return parse(scalar(key), reader);
    }

    public <T> Optional<T> optionalText(String key, TextReader<T> reader) throws YamlProblem {
        return has(key) ? Optional.of(text(key, reader)) : Optional.empty();
    }

    public <T> List<T> texts(String key, TextReader<T> reader) throws YamlProblem {
        var texts = new ArrayList<T>();
        for (var scalar : scalars(key)) {
            texts.add(parse(scalar, reader));
        }
        return texts;
    }

    public List<YamlNode.Scalar> scalars(String key) throws YamlProblem {
        if (!(value(key) instanceof YamlNode.Items(var at, var items))) {
            throw new YamlProblem(Code.EXPECTED_LIST, value(key).at(), key + " must be a list");
        }
        var scalars = new ArrayList<YamlNode.Scalar>();
        for (var item : items) {
            scalars.add(scalarOf(item, key));
        }
        return scalars;
    }

    /** A number written in digits, not in quotes. */
    public long whole(String key, long least, long most) throws YamlProblem {
        var scalar = scalar(key);
        if (!scalar.quoted() && WHOLE.matcher(scalar.text()).matches()) {
            var number = Long.parseLong(scalar.text());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new YamlProblem(
                Code.BAD_VALUE, scalar.at(), key + " must be a whole number from " + least + " to " + most);
    }

    /** A decimal number as people write it, zeros at its end allowed. */
    public BigDecimal decimal(String key) throws YamlProblem {
        var scalar = scalar(key);
        var plain = scalar.text().contains(".") ? scalar.text().replaceFirst("\\.?0+$", "") : scalar.text();
        if (!scalar.quoted() && !scalar.text().endsWith(".")) {
            try {
                return DecimalText.parse(plain);
            } catch (Malformed e) {
                throw new YamlProblem(Code.BAD_VALUE, scalar.at(), key + " must be a decimal number in plain digits");
            }
        }
        throw new YamlProblem(Code.BAD_VALUE, scalar.at(), key + " must be a decimal number in plain digits");
    }

    public Instant instant(String key) throws YamlProblem {
        var scalar = scalar(key);
        try {
            return Instant.parse(scalar.text());
        } catch (DateTimeException e) {
            throw new YamlProblem(Code.BAD_VALUE, scalar.at(), key + " must be a time such as 2026-01-31T00:00:00Z");
        }
    }

    public YamlMap map(String key) throws YamlProblem {
        if (value(key) instanceof YamlNode.Entries entries) {
            return new YamlMap(entries, below(key), places);
        }
        throw new YamlProblem(Code.EXPECTED_MAP, value(key).at(), key + " must be a map of keys");
    }

    /** Items that are maps; the path of each ends in what its key {@code name} says. */
    public List<YamlMap> maps(String key, String name) throws YamlProblem {
        if (!(value(key) instanceof YamlNode.Items(var at, var items))) {
            throw new YamlProblem(Code.EXPECTED_LIST, value(key).at(), key + " must be a list");
        }
        var maps = new ArrayList<YamlMap>();
        for (var item : items) {
            if (!(item instanceof YamlNode.Entries entries)) {
                throw new YamlProblem(Code.EXPECTED_MAP, item.at(), "each of " + key + " must be a map of keys");
            }
            var unnamed = new YamlMap(entries, below(key), places);
            maps.add(new YamlMap(entries, below(key) + "/" + unnamed.text(name), places));
        }
        return maps;
    }

    /** The entries of a map whose values are maps, by their key. */
    public Map<YamlNode.Scalar, YamlMap> mapOfMaps(String key) throws YamlProblem {
        var outer = map(key);
        var maps = new LinkedHashMap<YamlNode.Scalar, YamlMap>();
        for (var name : outer.keys()) {
            maps.put(name, outer.map(name.text()));
        }
        return maps;
    }

    /** What the name of the file says, as a text that stands at its beginning. */
    public YamlNode.Scalar fileName(String name) {
        return new YamlNode.Scalar(at(), name, false, at());
    }

    /** This map, known to {@link Places} under another path. */
    public YamlMap under(String other) {
        return new YamlMap(node, other, places);
    }

    /** What a constructor refuses is refused here, at the start of this map. */
    public <T> T make(Making<T> making) throws YamlProblem {
        return make(at(), making);
    }

    public static <T> T make(Position at, Making<T> making) throws YamlProblem {
        try {
            return making.make();
        } catch (IllegalArgumentException | ArithmeticException | Malformed e) {
            throw new YamlProblem(Code.BAD_VALUE, at, String.valueOf(e.getMessage()));
        }
    }

    public static <T> T parse(YamlNode.Scalar scalar, TextReader<T> reader) throws YamlProblem {
        try {
            return reader.parse(scalar.text());
        } catch (IllegalArgumentException | Malformed e) {
            throw new YamlProblem(Code.BAD_VALUE, scalar.at(), String.valueOf(e.getMessage()));
        }
    }

    /** To be called last: refuses keys that were not asked for. */
    public void end() throws YamlProblem {
        for (var entry : node.entries()) {
            var key = entry.key();
            if (!asked.contains(key.text())) {
                throw new YamlProblem(Code.UNKNOWN_KEY, key.at(), "unknown key" + KnownNames.meant(key.text(), asked));
            }
        }
    }

    /** Where the key stands, if it does. */
    public Position at(String key) {
        return find(key).map(entry -> entry.key().at()).orElse(at());
    }

    private YamlNode value(String key) throws YamlProblem {
        asked.add(key);
        var entry = find(key);
        if (entry.isEmpty()) {
            refuseMisspelt(key);
            throw new YamlProblem(Code.MISSING_KEY, at(), "key is missing: " + key);
        }
        places.put(node.at().file(), below(key), entry.get().key().at());
        return entry.get().value();
    }

    /** A key that looks like the missing one says more than that one is missing. */
    private void refuseMisspelt(String missing) throws YamlProblem {
        for (var entry : node.entries()) {
            if (!asked.contains(entry.key().text())
                    && Nearest.to(entry.key().text(), List.of(missing)).isPresent()) {
                throw new YamlProblem(Code.UNKNOWN_KEY, entry.key().at(), "unknown key; did you mean " + missing + "?");
            }
        }
    }

    private Optional<YamlNode.Entry> find(String key) {
        return node.entries().stream()
                .filter(entry -> entry.key().text().equals(key))
                .findFirst();
    }

    private YamlNode.Scalar scalarOf(YamlNode value, String key) throws YamlProblem {
        if (value instanceof YamlNode.Scalar scalar) {
            if (!scalar.text().isEmpty()) {
                return scalar;
            }
            throw new YamlProblem(Code.EXPECTED_TEXT, scalar.at(), key + " must not be empty");
        }
        throw new YamlProblem(Code.EXPECTED_TEXT, value.at(), key + " must be text");
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }
}
