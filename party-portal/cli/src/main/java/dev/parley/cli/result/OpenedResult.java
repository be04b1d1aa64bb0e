package dev.parley.cli.result;

import static java.util.Objects.requireNonNull;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of one run, {@code docs/spec/receipt.md} §5, opened under a verified receipt. */
record OpenedResult(Json.Obj document, String mode, List<String> dimensions, List<String> columns, List<Row> rows) {
    private static final String HALF_WIDTH = "_half_width_95";

    OpenedResult {
        requireNonNull(document);
        requireNonNull(mode);
        dimensions = List.copyOf(dimensions);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** One group. */
    record Row(List<String> group, List<Cell> cells) {
        Row {
            group = List.copyOf(group);
            cells = List.copyOf(cells);
        }
    }

    /** A figure; without a value it was suppressed. */
    record Cell(Optional<String> value, Optional<String> halfWidth) {
        static Cell read(Fields fields) throws Malformed {
            var suppressed = fields.bool("suppressed");
            var cell = new Cell(
                    fields.optionalText("value", text -> text), fields.optionalText("halfWidth95", text -> text));
            if (suppressed == cell.value().isPresent()) {
                throw new Malformed("a cell is suppressed or has a value");
            }
            return cell;
        }

        String text() {
            return value.map(v -> halfWidth.map(h -> v + " ± " + h).orElse(v)).orElse("suppressed");
        }
    }

    static OpenedResult parse(Bytes canonical) throws Failure {
        try {
            var document = Json.parseCanonical(canonical).asObject();
            var fields = document.fields();
            fields.require("parley", "result/1");
            var result = new OpenedResult(
                    document,
                    fields.string("mode"),
                    fields.texts("dimensions", text -> text),
                    fields.objects("columns", OpenedResult::column),
                    fields.objects(
                            "rows",
                            row -> new Row(row.texts("group", text -> text), row.objects("cells", Cell::read))));
            fields.end();
            for (var row : result.rows()) {
                if (row.group().size() != result.dimensions().size()
                        || row.cells().size() != result.columns().size()) {
                    throw new Malformed("a row has another number of cells than the head");
                }
            }
            return result;
        } catch (Malformed e) {
            throw Failure.of(CliCode.RESULT_MALFORMED, "the result cannot be read: " + e.getMessage());
        }
    }

    private static String column(Fields fields) throws Malformed {
        var name = fields.string("as");
        fields.string("kind");
        fields.value("noise");
        return name;
    }

    /** For people: each figure with half the width of its 95 % interval. */
    String table() {
        var head = new ArrayList<>(dimensions);
        head.addAll(columns);
        var table = new Table(head);
        for (var row : rows) {
            var cells = new ArrayList<>(row.group());
            row.cells().forEach(cell -> cells.add(cell.text()));
            table.row(cells);
        }
        return table.toString();
    }

    /** For spreadsheets: every figure has a column for half the width of its interval; suppressed is empty. */
    String csv() {
        var lines = new StringBuilder();
        var head = new ArrayList<>(dimensions);
        columns.forEach(column -> head.addAll(List.of(column, column + HALF_WIDTH)));
        line(lines, head);
        for (var row : rows) {
            var cells = new ArrayList<>(row.group());
            row.cells()
                    .forEach(cell -> cells.addAll(
                            List.of(cell.value().orElse(""), cell.halfWidth().orElse(""))));
            line(lines, cells);
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, List<String> cells) {
        lines.append(cells.stream().map(OpenedResult::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(String cell) {
        var plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
