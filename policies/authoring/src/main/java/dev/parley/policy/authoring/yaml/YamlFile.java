package dev.parley.policy.authoring.yaml;

import dev.parley.policy.authoring.yaml.YamlNode.Entry;
import dev.parley.policy.authoring.yaml.YamlProblem.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds nodes from the parser's events, one by one: what is refused here is never expanded, so that a file of few bytes
 * cannot become a large tree.
 */
public final class YamlFile {
    public static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_DEPTH = 12;

    private final String name;
    private final List<String> lines;
    private final Iterator<Event> events;

    private YamlFile(String name, List<String> lines, Iterator<Event> events) {
        this.name = name;
        this.lines = lines;
        this.events = events;
    }

    /** Reads one document whose root is a map. */
    public static YamlNode.Entries read(String name, byte[] utf8) throws YamlProblem {
        var text = decode(name, utf8);
        refuseInvisible(name, text);
        var settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_BYTES)
                .setParseComments(false)
                .build();
        try {
            return new YamlFile(
                            name,
                            text.lines().toList(),
                            new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            // The parser's message quotes the line: ours does not.
            throw new YamlProblem(Code.YAML_SYNTAX, position(name, mark), "not valid YAML at this place");
        } catch (YamlEngineException e) {
            throw new YamlProblem(Code.YAML_SYNTAX, Position.startOf(name), "not valid YAML");
        }
    }

    private static String decode(String name, byte[] utf8) throws YamlProblem {
        if (utf8.length > MAX_BYTES) {
            throw new YamlProblem(Code.YAML_TOO_LARGE, Position.startOf(name), "larger than 256 KiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new YamlProblem(Code.YAML_NOT_UTF8, Position.startOf(name), "not UTF-8");
        }
    }

    /** Characters that no reviewer sees, or that turn the order of what they see, even in comments. */
    private static void refuseInvisible(String name, String text) throws YamlProblem {
        var line = 1;
        var column = 1;
        for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            var c = text.codePointAt(i);
            if (isInvisible(c)) {
                throw new YamlProblem(
                        Code.YAML_INVISIBLE_CHARACTER,
                        new Position(name, line, column),
                        String.format("invisible character U+%04X", c));
            }
            column = c == '\n' ? 1 : column + 1;
            line = c == '\n' ? line + 1 : line;
        }
    }

    private static boolean isInvisible(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }

    private YamlNode.Entries document() throws YamlProblem {
        events.next();
        if (!(events.next() instanceof DocumentStartEvent start)) {
            throw new YamlProblem(Code.EXPECTED_MAP, Position.startOf(name), "the file is empty");
        }
        if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
            throw problem(Code.YAML_DIRECTIVE, start, "directives (%YAML, %TAG) may not stand here");
        }
        var root = node(events.next(), 1);
        events.next();
        var after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw problem(Code.YAML_SECOND_DOCUMENT, after, "a file holds one document");
        }
        if (root instanceof YamlNode.Entries entries) {
            return entries;
        }
        throw new YamlProblem(Code.EXPECTED_MAP, root.at(), "the file must be a map of keys");
    }

    private YamlNode node(Event event, int depth) throws YamlProblem {
        if (depth > MAX_DEPTH) {
            throw problem(Code.YAML_TOO_DEEP, event, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent) {
            throw problem(Code.YAML_ALIAS, event, "aliases (*name) may not stand here: write the value out");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw problem(Code.YAML_ANCHOR, event, "anchors (&name) may not stand here");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), event);
                yield scalar(scalar);
            }
            case SequenceStartEvent sequence -> {
                refuseTag(sequence.getTag(), event);
                yield new YamlNode.Items(position(event), items(depth));
            }
            case MappingStartEvent mapping -> {
                refuseTag(mapping.getTag(), event);
                yield new YamlNode.Entries(position(event), entries(depth));
            }
            default -> throw problem(Code.YAML_SYNTAX, event, "not a value");
        };
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        var at = position(event);
        var begins = switch (event.getScalarStyle()) {
            case LITERAL -> new Position(name, at.line() + 1, indentation(at.line()) + 1);
            case PLAIN, FOLDED, JSON_SCALAR_STYLE -> at;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> new Position(name, at.line(), at.column() + 1);
        };
        return new YamlNode.Scalar(at, event.getValue(), event.getScalarStyle() != ScalarStyle.PLAIN, begins);
    }

    /** Of the block below a line: that of its first line which is not blank. */
    private int indentation(int line) {
        return lines.stream()
                .skip(line)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> text.length() - text.stripLeading().length())
                .orElse(0);
    }

    private List<YamlNode> items(int depth) throws YamlProblem {
        var items = new ArrayList<YamlNode>();
        for (var event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return items;
    }

    private List<Entry> entries(int depth) throws YamlProblem {
        var entries = new ArrayList<Entry>();
        var names = new HashSet<String>();
        for (var event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
                throw problem(Code.YAML_KEY_NOT_TEXT, event, "a key must be text");
            }
            if (!names.add(key.text())) {
                throw problem(Code.YAML_DUPLICATE_KEY, event, "this key stands twice: " + key.text());
            }
            entries.add(new Entry(key, node(events.next(), depth + 1)));
        }
        return entries;
    }

    private void refuseTag(Optional<String> tag, Event event) throws YamlProblem {
        if (tag.isPresent()) {
            throw problem(Code.YAML_TAG, event, "tags (!type) may not stand here");
        }
    }

    private YamlProblem problem(Code code, Event event, String message) {
        return new YamlProblem(code, position(event), message);
    }

    private Position position(Event event) {
        return position(name, event.getStartMark());
    }

    private static Position position(String name, Optional<Mark> mark) {
        return mark.map(m -> new Position(name, m.getLine() + 1, m.getColumn() + 1))
                .orElseGet(() -> Position.startOf(name));
    }
}
