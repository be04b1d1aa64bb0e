package dev.parley.server.http;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads request bodies to a limit: nobody fills this server's memory by sending. */
public final class Body {
    /** For everything that people and jobs send. */
    public static final int LIMIT = 1 << 20;

    /** For outcomes: a host sends sealed results. */
    public static final int OUTCOME_LIMIT = 8 << 20;

    private Body() {}

    public static Bytes bytes(InputStream body, int limit) {
        try {
            var bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Refused.with(ProblemCode.BODY_TOO_LARGE, "at most " + limit + " bytes");
            }
            return Bytes.takeOwnershipOf(bytes);
        } catch (IOException e) {
            throw Refused.with(ProblemCode.MALFORMED, "the body ended early");
        }
    }

    public static Jws jws(InputStream body) throws Malformed {
        return Jws.parse(new String(bytes(body, LIMIT).toArray(), StandardCharsets.ISO_8859_1));
    }

    public static <T extends Message> T message(InputStream body, Fields.Reader<T> reader) throws Malformed {
        return message(body, reader, LIMIT);
    }

    public static <T extends Message> T message(InputStream body, Fields.Reader<T> reader, int limit) throws Malformed {
        return Message.parse(bytes(body, limit), reader);
    }
}
