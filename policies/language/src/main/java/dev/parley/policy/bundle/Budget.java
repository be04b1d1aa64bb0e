package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.LineageId;

/**
 * What the people of a lineage may lose in all. The owner's broker keeps the ledger; a budget is never refilled by a new
 * version, room or policy.
 *
 * @param microEpsilon 1 to {@link Floors#MAX_MICRO_EPSILON}; for a lifetime too, since a lifetime may pass in a year
 */
public record Budget(LineageId lineage, long microEpsilon, Period period) {
    public Budget {
        requireNonNull(lineage);
        requireNonNull(period);
        Form.require(
                microEpsilon >= 1 && microEpsilon <= Floors.MAX_MICRO_EPSILON,
                "a budget lies between 1 micro-epsilon and epsilon 20");
    }

    /** When a budget starts anew. */
    public enum Period {
        LIFETIME,
        /** A calendar year in UTC. */
        YEAR
    }

    static Budget read(Fields fields) throws Malformed {
        return new Budget(
                fields.text("lineage", LineageId::parse),
                fields.integer("microEpsilon"),
                fields.text("period", Form.constant(Period.class)));
    }

    Json.Obj json() {
        return Json.object()
                .put("lineage", lineage.value())
                .put("microEpsilon", microEpsilon)
                .put("period", Form.text(period))
                .build();
    }
}
