package dev.parley.local.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of a table for people; cells of numbers stand to the right. */
public record Table(List<String> header, List<List<String>> rows) {
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        int columns = header.size();
        if (rows.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException("a row has another number of cells than the header");
        }
    }

    public List<String> lines() {
        var widths = IntStream.range(0, header.size()).map(this::width).toArray();
        var lines = new ArrayList<String>();
        lines.add(line(header, widths));
        lines.add("─".repeat(IntStream.of(widths).sum() + 2 * (widths.length - 1)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        return Math.max(
                header.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = cells.get(column);
            var space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("[-+±0-9., %]*"));
    }
}
