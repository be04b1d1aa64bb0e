package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * A typed gap in a template. Its values are bound by the domain or bounds of the columns that the plan compares it with.
 *
 * @param description one line for the person who fills it in
 */
public record Parameter(ColumnName name, ColumnType type, String description) {
    public Parameter {
        requireNonNull(name);
        requireNonNull(type);
        Form.line("the description of a parameter", description, 200);
        Form.require(!(type instanceof ColumnType.Identity), "a parameter is never an identity");
    }

    /** See {@link ColumnType#accepts}. */
    public boolean accepts(Literal value) {
        return type.accepts(value);
    }

    static Parameter read(Fields fields) throws Malformed {
        return new Parameter(
                fields.text("name", ColumnName::parse), ColumnType.read(fields, "type"), fields.string("description"));
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name.value())
                .put("type", type.json())
                .put("description", description)
                .build();
    }
}
