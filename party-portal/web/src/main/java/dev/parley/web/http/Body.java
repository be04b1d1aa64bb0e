package dev.parley.web.http;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.wire.Message;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies to a limit: nobody fills this process's memory by sending. */
public final class Body {
    /** Of a prepare: bundle, approvals and manifests of all parties. */
    public static final int LIMIT = 4 << 20;

    private Body() {}

    public static Bytes bytes(InputStream body) {
        try {
            var bytes = body.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Refused.with(ProblemCode.BODY_TOO_LARGE, "at most " + LIMIT + " bytes");
            }
            return Bytes.takeOwnershipOf(bytes);
        } catch (IOException e) {
            throw Refused.with(ProblemCode.MALFORMED, "the body ended early");
        }
    }

    public static <T extends Message> T message(InputStream body, Fields.Reader<T> reader) throws Malformed {
        return Message.parse(bytes(body), reader);
    }
}
