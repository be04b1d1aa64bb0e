package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The columns of a sealed dataset, in their order. Specified in {@code docs/spec/sealed-dataset.md} §2. */
public record Schema(List<Column> columns) {
    public static final int MAX_COLUMNS = 64;
    public static final int MAX_IDENTITIES = 8;
    public static final int MAX_TEXT_BYTES = 1024;

    /** A name, of the form of the policy language's column names, and a type. */
    public record Column(String name, ColumnType type) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

        public Column {
            requireNonNull(type);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a column name: a lower-case letter, then a-z, 0-9 and _");
            }
        }
    }

    public Schema {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
            throw new IllegalArgumentException("a schema has 1 to " + MAX_COLUMNS + " columns");
        }
        var identities = columns.stream()
                .filter(c -> c.type() instanceof ColumnType.Identity)
                .count();
        if (identities > MAX_IDENTITIES) {
            throw new IllegalArgumentException("a schema has at most " + MAX_IDENTITIES + " identities");
        }
        var names = new HashSet<String>();
        if (!columns.stream().allMatch(c -> names.add(c.name()))) {
            throw new IllegalArgumentException("a schema names each column once");
        }
    }

    /** Reads the member {@code columns} of an object that also carries other members. */
    static Schema read(Fields fields) throws Malformed {
        try {
            return new Schema(fields.objects(
                    "columns", c -> new Column(c.string("name"), c.text("type", ColumnType::parse))));
        } catch (IllegalArgumentException e) {
            throw new Malformed(requireNonNull(e.getMessage()), e);
        }
    }

    public Json.Obj json() {
        return Json.object()
                .put("parley", "schema/1")
                .put(
                        "columns",
                        Json.array(
                                columns,
                                c -> Json.object()
                                        .put("name", c.name())
                                        .put("type", c.type().print())
                                        .build()))
                .build();
    }

    public static Schema parse(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", "schema/1");
        var schema = read(fields);
        fields.end();
        return schema;
    }

    public SchemaDigest digest() {
        return new SchemaDigest(Sha384Digest.of(json()));
    }

    /** The position of a column, or -1. */
    public int indexOf(String name) {
        for (var i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
