package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.util.List;
import java.util.Optional;

/**
 * A party's table.
 *
 * @param lineage the people behind it: what is lost, is lost by them, in every version and room
 * @param privacyUnit the identity column whose values are the people, the one that joins
 * @param columns in the order of the sealed file
 */
public record Dataset(DatasetId id, PartyId owner, LineageId lineage, ColumnName privacyUnit, List<Column> columns) {
    public static final int MAX_COLUMNS = 64;

    public Dataset {
        requireNonNull(id);
        requireNonNull(owner);
        requireNonNull(lineage);
        columns = List.copyOf(columns);
        Form.require(!columns.isEmpty() && columns.size() <= MAX_COLUMNS, "a dataset has 1 to 64 columns");
        Form.distinct("a column of dataset " + id, columns, Column::name);
        var unit = columns.stream().filter(c -> c.name().equals(privacyUnit)).findFirst();
        Form.require(
                unit.isPresent() && unit.get().role() == ColumnRole.IDENTITY,
                "the privacy unit of dataset " + id + " must be one of its identity columns");
    }

    public Optional<Column> column(ColumnName name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The column whose values are the people. */
    public Column identity() {
        return column(privacyUnit).orElseThrow();
    }

    /** The file that states this dataset. */
    public String source() {
        return "datasets/" + id + ".yaml";
    }

    static Dataset read(Fields fields) throws Malformed {
        return new Dataset(
                fields.text("id", DatasetId::parse),
                fields.text("owner", PartyId::parse),
                fields.text("lineage", LineageId::parse),
                fields.text("privacyUnit", ColumnName::parse),
                fields.objects("columns", Column::read));
    }

    Json.Obj json() {
        return Json.object()
                .put("id", id.value())
                .put("owner", owner.value())
                .put("lineage", lineage.value())
                .put("privacyUnit", privacyUnit.value())
                .put("columns", Json.array(columns, Column::json))
                .build();
    }
}
