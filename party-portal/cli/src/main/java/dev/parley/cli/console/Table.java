package dev.parley.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, two spaces apart; figures to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    public Table(List<String> head) {
        rows.add(List.copyOf(head));
    }

    public Table row(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has as many cells as the head");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < row.size(); column++) {
                var pad = " ".repeat(width(column) - width(row.get(column)));
                line.append(figures(column) ? pad + row.get(column) : row.get(column) + pad)
                        .append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
    }

    private boolean figures(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).map(row -> row.get(column)).allMatch(cell -> cell.matches("[-–+±0-9., %]*"));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
