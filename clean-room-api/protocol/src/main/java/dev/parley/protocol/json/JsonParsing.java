package dev.parley.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds {@link Json} from jackson-core's tokens. Limits: 8 MiB of text, depth 64. */
final class JsonParsing {
    private static final int MAX_BYTES = 8 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(17)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private JsonParsing() {}

    static Json parse(Bytes utf8) throws Malformed {
        if (utf8.size() > MAX_BYTES) {
            throw new Malformed("JSON larger than 8 MiB");
        }
        try (var parser = FACTORY.createParser(decode(utf8.asBuffer()))) {
            if (parser.nextToken() == null) {
                throw new Malformed("JSON is empty");
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new Malformed("something follows the JSON value");
            }
            return value;
        } catch (IOException e) {
            // The parser's message quotes the input: it does not travel.
            throw new Malformed("not JSON, or a member stands twice");
        }
    }

    /** Invalid UTF-8 is refused rather than replaced; jackson would also guess UTF-16 and UTF-32. */
    private static String decode(ByteBuffer utf8) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("JSON is not UTF-8", e);
        }
    }

    private static Json value(JsonParser parser) throws IOException, Malformed {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case VALUE_NUMBER_FLOAT -> throw new Malformed("JSON numbers must be integers");
            default -> throw new Malformed("not JSON");
        };
    }

    private static Json object(JsonParser parser) throws IOException, Malformed {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser) throws IOException, Malformed {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    private static Json integer(JsonParser parser) throws IOException, Malformed {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || Math.abs(parser.getLongValue()) > Json.MAX_INTEGER) {
            throw new Malformed("JSON integer beyond 53 bits");
        }
        return new Json.Int(parser.getLongValue());
    }

    /** Escapes can spell half a surrogate pair, which has no UTF-8 form and so no canonical one. */
    private static String wellFormed(String text) throws Malformed {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Malformed("JSON string holds an unpaired surrogate");
        }
        return text;
    }
}
