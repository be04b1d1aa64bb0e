package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Literal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptsTest {
    private static final ColumnName TOWN = new ColumnName("town");
    private static final ColumnName PEOPLE = new ColumnName("people");
    private static final ColumnName SPEND = new ColumnName("spend");
    private static final List<Operator> OPERATORS = List.of(Operator.values());
    private static final Cell NONE = new Cell.Suppressed();
    private static final ReleasedResult RESULT = new ReleasedResult(
            ReleaseMode.THRESHOLD,
            List.of(TOWN),
            List.of(
                    new ReleasedResult.Column(PEOPLE, "PEOPLE", Optional.empty()),
                    new ReleasedResult.Column(SPEND, "SUM", Optional.empty())),
            List.of(
                    row("Ulm", cell("12"), cell("3.50")),
                    row("Jena", NONE, NONE),
                    row("Köln", cell("7"), NONE),
                    row("Bonn", cell("12"), cell("-1.00")),
                    row("Wien", cell("30"), cell("3.5"))));

    @Test
    void givesTheWholeResultWhereNothingIsAsked() {
        assertThat(Excerpts.of(RESULT, Excerpt.WHOLE)).isSameAs(RESULT);
    }

    @Test
    void keepsRowsWhoseReleasedCellsMeetEveryCondition() {
        var many = new CellCondition(PEOPLE, Operator.GREATER_OR_EQUAL, new Literal.Whole(12));
        var little = new CellCondition(SPEND, Operator.EQUAL, new Literal.Decimal(new BigDecimal("3.5")));

        assertThat(towns(having(many))).containsExactly("Ulm", "Bonn", "Wien");
        assertThat(towns(having(many, little))).containsExactly("Ulm", "Wien");
    }

    /** Neither a condition nor its opposite: what is suppressed tells nothing by being there or not. */
    @Test
    void findsNoConditionThatASuppressedCellMeets() {
        for (var operator : Operator.values()) {
            for (var value : List.of(Long.MIN_VALUE, 0L, 1L, Long.MAX_VALUE)) {
                var condition = new CellCondition(SPEND, operator, new Literal.Whole(value));

                assertThat(towns(having(condition))).doesNotContain("Jena", "Köln");
            }
        }
    }

    @Test
    void sortsByCellsWithSuppressedOnesLastAndKeepsTheOrderOfEqualRows() {
        assertThat(towns(order(new Excerpt.Order(PEOPLE, true))))
                .containsExactly("Wien", "Ulm", "Bonn", "Köln", "Jena");
        assertThat(towns(order(new Excerpt.Order(SPEND, false))))
                .containsExactly("Bonn", "Ulm", "Wien", "Jena", "Köln");
        assertThat(towns(order(new Excerpt.Order(PEOPLE, false), new Excerpt.Order(SPEND, false))))
                .containsExactly("Köln", "Bonn", "Ulm", "Wien", "Jena");
    }

    @Test
    void sortsGroupsByCodePoints() {
        assertThat(towns(order(new Excerpt.Order(TOWN, false)))).containsExactly("Bonn", "Jena", "Köln", "Ulm", "Wien");
        assertThat(towns(order(new Excerpt.Order(TOWN, true)))).containsExactly("Wien", "Ulm", "Köln", "Jena", "Bonn");
    }

    @Test
    void takesTheFirstRowsOfWhatIsLeft() {
        var most = new Excerpt(List.of(), List.of(new Excerpt.Order(PEOPLE, true)), Optional.of(2));

        assertThat(towns(most)).containsExactly("Wien", "Ulm");
    }

    /** The attack: to learn a suppressed cell from an excerpt. The excerpt is the same whatever the cell was. */
    @Test
    void isAFunctionOfWhatLeavesAlone() {
        var random = new Random(11);
        var limits = Limits.thresholds(List.of(5));
        for (int i = 0; i < 500; i++) {
            var excerpt = new Excerpt(
                    List.of(new CellCondition(
                            PEOPLE, OPERATORS.get(random.nextInt(6)), new Literal.Whole(random.nextInt(8)))),
                    List.of(new Excerpt.Order(PEOPLE, random.nextBoolean())),
                    Optional.of(1 + random.nextInt(4)));
            long[] known = random.longs(4, 5, 9).toArray();
            long small = random.nextInt(5);
            long other = random.nextInt(5);

            var one = Guard.release(exact(known, small), limits, Results.seeds(1));
            var two = Guard.release(exact(known, other), limits, Results.seeds(1));

            assertThat(Excerpts.of(one, excerpt).canonical())
                    .isEqualTo(Excerpts.of(two, excerpt).canonical());
        }
    }

    /** Groups of {@code known} people and one of {@code small}. */
    private static ExactResult exact(long[] known, long small) {
        var groups = IntStream.rangeClosed(0, known.length)
                .mapToLong(i -> i < known.length ? known[i] : small)
                .mapToObj(count -> Results.value(count, count, count))
                .toList();
        return new ExactResult(
                true,
                List.of(TOWN),
                List.of(new Figure.People(PEOPLE)),
                IntStream.range(0, groups.size())
                        .mapToObj(i -> new ExactResult.Group(
                                List.of("g" + i), groups.get(i).people(), List.of(groups.get(i))))
                        .toList());
    }

    private static Excerpt having(CellCondition... conditions) {
        return new Excerpt(List.of(conditions), List.of(), Optional.empty());
    }

    private static Excerpt order(Excerpt.Order... orders) {
        return new Excerpt(List.of(), List.of(orders), Optional.empty());
    }

    private static List<String> towns(Excerpt excerpt) {
        return Excerpts.of(RESULT, excerpt).rows().stream()
                .map(row -> row.group().getFirst())
                .toList();
    }

    private static ReleasedResult.Row row(String town, Cell... cells) {
        return new ReleasedResult.Row(List.of(town), List.of(cells));
    }

    private static Cell cell(String value) {
        return new Cell.Released(new BigDecimal(value), Optional.empty());
    }
}
