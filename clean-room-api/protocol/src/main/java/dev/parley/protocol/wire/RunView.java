package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A run as the operator tells it.
 *
 * @param step the newest step that the host reported, empty before the first
 * @param code why it was refused or failed
 * @param repeatOf the earlier run whose result answers this one
 * @param isolation what kept the enclave apart, in the host's words
 */
public record RunView(
        String run,
        String room,
        String template,
        String party,
        RunState state,
        String step,
        @Nullable String code,
        int attempts,
        String submittedAt,
        @Nullable String finishedAt,
        @Nullable String repeatOf,
        @Nullable String isolation)
        implements Message {
    public RunView {
        requireNonNull(run);
        requireNonNull(room);
        requireNonNull(template);
        requireNonNull(party);
        requireNonNull(state);
        requireNonNull(step);
        requireNonNull(submittedAt);
    }

    public static RunView read(Fields fields) throws Malformed {
        return new RunView(
                fields.string("run"),
                fields.string("room"),
                fields.string("template"),
                fields.string("party"),
                fields.text("state", RunState::parse),
                fields.string("step"),
                fields.optionalText("code", text -> text).orElse(null),
                (int) fields.integer("attempts", 0, Integer.MAX_VALUE),
                fields.string("submittedAt"),
                fields.optionalText("finishedAt", text -> text).orElse(null),
                fields.optionalText("repeatOf", text -> text).orElse(null),
                fields.optionalText("isolation", text -> text).orElse(null));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("run", run)
                .put("room", room)
                .put("template", template)
                .put("party", party)
                .put("state", state.name())
                .put("step", step)
                .put("code", code)
                .put("attempts", attempts)
                .put("submittedAt", submittedAt)
                .put("finishedAt", finishedAt)
                .put("repeatOf", repeatOf)
                .put("isolation", isolation)
                .build();
    }
}
