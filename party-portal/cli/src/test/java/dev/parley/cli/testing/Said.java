package dev.parley.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** What a command answered. */
public record Said(int exit, String out, String err) {
    /** Standard output as one JSON document. */
    public Json.Obj document() {
        try {
            return Json.parse(Bytes.utf8(out.strip())).asObject();
        } catch (Malformed e) {
            throw new AssertionError("not one JSON document: " + out + err, e);
        }
    }

    public Fields fields() {
        return document().fields();
    }

    public String text(String member) {
        try {
            return fields().string(member);
        } catch (Malformed e) {
            throw new AssertionError(out + err, e);
        }
    }

    /** The code of an error that was asked for as JSON. */
    public String code() {
        return error("code");
    }

    public String error(String member) {
        try {
            return fields().object("error").string(member);
        } catch (Malformed e) {
            throw new AssertionError("no error: " + out + err, e);
        }
    }

    public long errorNumber(String member) {
        try {
            return fields().object("error").integer(member);
        } catch (Malformed e) {
            throw new AssertionError("no error: " + out + err, e);
        }
    }

    public Said succeeds() {
        assertThat(exit).as(out + err).isZero();
        return this;
    }

    public Said failsWith(int expected, String code) {
        assertThat(code()).as(out + err).isEqualTo(code);
        assertThat(exit).isEqualTo(expected);
        return this;
    }
}
