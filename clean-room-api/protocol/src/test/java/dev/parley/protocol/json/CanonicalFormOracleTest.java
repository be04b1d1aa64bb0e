package dev.parley.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class CanonicalFormOracleTest {
    private final Random random = new Random(8785);

    @Test
    void printsWhatAnIndependentReadingOfRfc8785Prints() throws Exception {
        for (var i = 0; i < 3_000; i++) {
            var value = object(4);

            var ours = value.canonical();
            var theirs = new JsonCanonicalizer(new String(ours.toArray(), StandardCharsets.UTF_8)).getEncodedUTF8();

            assertThat(ours).isEqualTo(Bytes.copyOf(theirs));
            assertThat(Json.parseCanonical(ours)).isEqualTo(value);
        }
    }

    @Test
    void readsLooseSpellingsToTheSameCanonicalForm() throws Exception {
        for (var i = 0; i < 3_000; i++) {
            var loose = loose(object(4));

            var ours = Json.parse(Bytes.utf8(loose)).canonical();

            assertThat(ours).isEqualTo(Bytes.copyOf(new JsonCanonicalizer(loose).getEncodedUTF8()));
        }
    }

    private Json value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> new Json.Str(text());
            case 1 -> new Json.Int(random.nextLong() >> (11 + random.nextInt(53)));
            case 2 -> new Json.Bool(random.nextBoolean());
            case 3 -> new Json.Null();
            case 4 -> new Json.Int(random.nextInt(10));
            case 5 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private Json.Obj object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (var i = random.nextInt(6); i > 0; i--) {
            members.put(text(), value(depth));
        }
        return new Json.Obj(members);
    }

    private Json.Arr array(int depth) {
        List<Json> items = new ArrayList<>();
        for (var i = random.nextInt(6); i > 0; i--) {
            items.add(value(depth));
        }
        return new Json.Arr(items);
    }

    /** Control characters, quotes, and the code points between which UTF-16 and code-point order differ. */
    private String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(6)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> "\"\\/<>&'\u007f\u2028\u2029".charAt(random.nextInt(10));
                        case 2 -> 0xe000 + random.nextInt(0x1ff0);
                        case 3 -> 0x10000 + random.nextInt(0x1000);
                        case 4 -> 0x80 + random.nextInt(0x700);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    /** Members in their own order, white space, needless escapes. */
    private String loose(Json value) {
        return switch (value) {
            case Json.Obj object -> {
                List<String> members = new ArrayList<>();
                object.members().forEach((name, member) -> members.add(quote(name) + " :" + loose(member)));
                yield "{ " + String.join(" ,\n", members) + "}";
            }
            case Json.Arr array ->
                "[" + String.join(" , ", array.items().stream().map(this::loose).toList()) + "\t]";
            case Json.Str string -> quote(string.value());
            default -> new String(value.canonical().toArray(), StandardCharsets.UTF_8);
        };
    }

    private String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            var character = Character.toString(point);
            if (point < 0x20 || point == '"' || point == '\\' || random.nextBoolean()) {
                character.chars().forEach(c -> quoted.append(String.format("\\u%04X", c)));
            } else {
                quoted.append(character);
            }
        });
        return quoted.append('"').toString();
    }
}
