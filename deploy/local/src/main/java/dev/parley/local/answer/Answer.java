package dev.parley.local.answer;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An opened result, {@code docs/spec/receipt.md} §5.
 *
 * @param dimensions names of the group's columns
 * @param figures names of the cells
 */
public record Answer(String mode, List<String> dimensions, List<String> figures, List<Row> rows) {
    /** One group of people. */
    public record Row(List<String> group, List<Cell> cells) {
        public Row {
            group = List.copyOf(group);
            cells = List.copyOf(cells);
        }
    }

    /** A figure; without a value when it is suppressed, without a half-width when it is exact. */
    public record Cell(Optional<BigDecimal> value, Optional<BigDecimal> halfWidth95) {
        public Cell {
            requireNonNull(value);
            requireNonNull(halfWidth95);
        }
    }

    public Answer {
        requireNonNull(mode);
        dimensions = List.copyOf(dimensions);
        figures = List.copyOf(figures);
        rows = List.copyOf(rows);
    }

    public static Answer parse(Json document) throws Malformed {
        var fields = document.asObject().fields();
        fields.require("parley", "result/1");
        var answer = new Answer(
                fields.string("mode"),
                fields.texts("dimensions", text -> text),
                fields.objects("columns", Answer::figure),
                fields.objects("rows", Answer::row));
        fields.end();
        return answer;
    }

    /** The noise of a column is for those who compute with it; here the half-widths say enough. */
    private static String figure(Fields column) throws Malformed {
        var name = column.string("as");
        column.string("kind");
        column.optionalObject("noise");
        return name;
    }

    private static Row row(Fields row) throws Malformed {
        var read = new Row(row.texts("group", text -> text), row.objects("cells", Answer::cell));
        row.end();
        return read;
    }

    private static Cell cell(Fields cell) throws Malformed {
        cell.bool("suppressed");
        var read = new Cell(
                cell.optionalText("value", BigDecimal::new), cell.optionalText("halfWidth95", BigDecimal::new));
        cell.end();
        return read;
    }
}
