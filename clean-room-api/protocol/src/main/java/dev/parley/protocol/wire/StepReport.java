package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A host reports a step of a run.
 *
 * @param step in capitals: BOOTED, ATTESTED, GRANTED, KEYS_RELEASED, JOINED, GUARDED
 * @param party whose broker answered, for GRANTED and KEYS_RELEASED
 * @param digest of the broker's answer, in hexadecimal
 */
public record StepReport(
        long fencingToken,
        String step,
        @Nullable String party,
        @Nullable String digest) implements Message {
    public StepReport {
        requireNonNull(step);
    }

    public static StepReport read(Fields fields) throws Malformed {
        return new StepReport(
                fields.integer("fencingToken"),
                fields.string("step"),
                fields.optionalText("party", text -> text).orElse(null),
                fields.optionalText("digest", text -> text).orElse(null));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("fencingToken", fencingToken)
                .put("step", step)
                .put("party", party)
                .put("digest", digest)
                .build();
    }
}
