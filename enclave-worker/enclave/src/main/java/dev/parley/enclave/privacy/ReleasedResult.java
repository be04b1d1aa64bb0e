package dev.parley.enclave.privacy;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What leaves the enclave, sealed to the recipients; {@code docs/spec/result.md}.
 *
 * @param mode how the figures are protected
 * @param dimensions names of the group's columns
 * @param columns the figures, in the order of each row's cells
 */
public record ReleasedResult(ReleaseMode mode, List<ColumnName> dimensions, List<Column> columns, List<Row> rows) {
    public ReleasedResult {
        requireNonNull(mode);
        dimensions = List.copyOf(dimensions);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A figure's name, kind (ROWS, PEOPLE, SUM, MEAN) and noise, if it has any. */
    public record Column(ColumnName as, String kind, Optional<Noise> noise) {
        public Column {
            requireNonNull(as);
            requireNonNull(kind);
            requireNonNull(noise);
        }
    }

    /**
     * The noise of a column.
     *
     * @param scales the exact scale of each discrete Laplace draw that goes into a cell, {@code numerator/denominator} in
     *     units of the last digit: one draw, or for a mean the draw on twice the centred sum and the draw on the count
     */
    public record Noise(long microEpsilon, List<NoiseScale> scales) {
        public Noise {
            scales = List.copyOf(scales);
        }
    }

    /** One group. */
    public record Row(List<String> group, List<Cell> cells) {
        public Row {
            group = List.copyOf(group);
            cells = List.copyOf(cells);
        }
    }

    /** The bytes that are sealed. Every member of every cell is there in every case, so that only values differ. */
    public Bytes canonical() {
        return Json.object()
                .put("parley", "result/1")
                .put("mode", mode.text())
                .put("dimensions", Json.array(dimensions, name -> Json.of(name.value())))
                .put("columns", Json.array(columns, ReleasedResult::json))
                .put("rows", Json.array(rows, ReleasedResult::json))
                .build()
                .canonical();
    }

    private static Json json(Column column) {
        return Json.object()
                .put("as", column.as.value())
                .put("kind", column.kind)
                .put("noise", column.noise.<Json>map(ReleasedResult::json).orElseGet(Json.Null::new))
                .build();
    }

    private static Json json(Noise noise) {
        return Json.object()
                .put("distribution", "discrete-laplace")
                .put("microEpsilon", Long.toString(noise.microEpsilon))
                .put("scales", Json.array(noise.scales, scale -> Json.of(scale.toString())))
                .build();
    }

    private static Json json(Row row) {
        return Json.object()
                .put("group", Json.strings(row.group))
                .put("cells", Json.array(row.cells, ReleasedResult::json))
                .build();
    }

    private static Json json(Cell cell) {
        return switch (cell) {
            case Cell.Released(var value, var halfWidth) ->
                Json.object()
                        .put("suppressed", false)
                        .put("value", value.toPlainString())
                        .put(
                                "halfWidth95",
                                Json.of(halfWidth.map(h -> h.toPlainString()).orElse(null)))
                        .build();
            case Cell.Suppressed() ->
                Json.object()
                        .put("suppressed", true)
                        .put("value", new Json.Null())
                        .put("halfWidth95", new Json.Null())
                        .build();
        };
    }
}
