package dev.parley.local.answer;

import dev.parley.local.console.Table;
import dev.parley.local.people.TrueAnswer;
import dev.parley.local.people.TrueAnswer.Cells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A released answer beside the true one, figure by figure. */
public record Comparison(List<Line> lines) {
    /** A figure of a group. */
    public record Line(List<String> group, String figure, Answer.Cell released, BigDecimal truth) {
        public Line {
            group = List.copyOf(group);
        }

        /** Whether the truth lies in the interval that came with the figure. */
        public boolean covers() {
            return released.value().isPresent()
                    && released.halfWidth95().isPresent()
                    && difference().abs().compareTo(released.halfWidth95().get()) <= 0;
        }

        private BigDecimal difference() {
            return released.value().orElseThrow().subtract(truth);
        }

        private List<String> cells() {
            var percent = released.value().isEmpty() || truth.signum() == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%+.2f %%", 100 * difference().doubleValue() / truth.doubleValue());
            var figures = List.of(
                    figure,
                    released.value().map(Line::grouped).orElse("suppressed"),
                    released.halfWidth95().map(half -> "± " + grouped(half)).orElse(""),
                    grouped(truth),
                    percent);
            return Stream.concat(group.stream(), figures.stream()).toList();
        }

        private static String grouped(BigDecimal number) {
            return String.format(Locale.ROOT, "%,." + Math.max(0, Math.min(2, number.scale())) + "f", number);
        }
    }

    public Comparison {
        lines = List.copyOf(lines);
    }

    /** Compares; a group or figure that the truth does not know is a failure of the room, not of the comparison. */
    public static Comparison of(Answer answer, TrueAnswer truth) {
        var lines = new ArrayList<Line>();
        for (var row : answer.rows()) {
            var cells = truth.cells(row.group());
            for (int i = 0; i < answer.figures().size(); i++) {
                var figure = answer.figures().get(i);
                lines.add(new Line(row.group(), figure, row.cells().get(i), truth(figure, cells)));
            }
        }
        return new Comparison(lines);
    }

    /** How many figures have the truth in their interval: about 95 of 100 should. */
    public long covered() {
        return lines.stream().filter(Line::covers).count();
    }

    public Table table(List<String> dimensions) {
        var header = Stream.concat(
                        dimensions.stream(), Stream.of("figure", "released", "95 %", "true answer", "difference"))
                .toList();
        return new Table(header, lines.stream().map(Line::cells).toList());
    }

    private static BigDecimal truth(String figure, Cells cells) {
        var spend = BigDecimal.valueOf(cells.spendCents(), 2);
        return switch (figure) {
            case "people" -> BigDecimal.valueOf(cells.people());
            case "spend" -> spend;
            case "mean_spend" -> spend.divide(BigDecimal.valueOf(cells.rows()), 2, RoundingMode.HALF_EVEN);
            case "impressions" -> BigDecimal.valueOf(cells.impressions());
            default -> throw new IllegalArgumentException("no truth is known of a figure of that name");
        };
    }
}
