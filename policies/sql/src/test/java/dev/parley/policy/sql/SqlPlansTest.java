package dev.parley.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlPlansTest {
    static List<String[]> accepted() {
        return Room.table("accepted.txt");
    }

    static List<String[]> refused() {
        return Room.table("refused.txt");
    }

    static List<String[]> identity() {
        return Room.table("identity.txt");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void compilesWhatTheAlgebraHas(String sql, String canonical) {
        var compilation = Room.compile(sql);

        assertThat(compilation).isInstanceOf(Compilation.Planned.class);
        var plan = ((Compilation.Planned) compilation).plan();
        assertThat(SqlPlans.print(plan).replaceAll("\\s+", " ")).isEqualTo(canonical);
        assertThat(Room.compile(SqlPlans.print(plan))).isEqualTo(compilation);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheAlgebraHasNot(String code, String sql) {
        assertThat(Room.compile(sql)).isInstanceOfSatisfying(Compilation.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(SqlRefusal.valueOf(code));
            assertThat(refused.nearest()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("identity")
    void refusesTemplatesThatShowWhoIsInADataset(String code, String sql) {
        assertThat(Room.compile(sql))
                .isInstanceOfSatisfying(
                        Compilation.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(SqlRefusal.valueOf(code)));
    }

    @Test
    void makesThePlanThatTheTextSays() {
        var sql = """
                SELECT c.segment AS kind, COUNT(DISTINCT c.person) AS people, SUM(s.amount) AS total
                FROM crm AS c
                LEFT JOIN "shop-sales" AS s ON s.buyer = c.person
                WHERE c.age BETWEEN 18 AND :min_age
                  AND DATE '2026-01-31' > s."day"
                  AND c.score IN (1.50, 2)
                  AND seen <= TIMESTAMP '2026-01-31 12:00:00.5'
                GROUP BY c.segment""";

        var compilation = Room.compile(sql);

        var age = crm("age");
        assertThat(compilation)
                .isEqualTo(new Compilation.Planned(new Plan(
                        crm("person"),
                        List.of(new Plan.Join(Plan.Join.Kind.LEFT, sales("buyer"))),
                        List.of(
                                new Condition.Compare(age, Operator.GREATER_OR_EQUAL, new Literal.Whole(18)),
                                new Condition.Compare(
                                        age, Operator.LESS_OR_EQUAL, new Literal.Parameter(new ColumnName("min_age"))),
                                new Condition.Compare(
                                        sales("day"), Operator.LESS, new Literal.Date(LocalDate.of(2026, 1, 31))),
                                new Condition.OneOf(crm("score"), List.of(decimal("1.5"), decimal("2"))),
                                new Condition.Compare(
                                        crm("seen"),
                                        Operator.LESS_OR_EQUAL,
                                        new Literal.Timestamp(Instant.parse("2026-01-31T12:00:00.5Z")))),
                        List.of(new Group(crm("segment"), new ColumnName("kind"))),
                        List.of(
                                new Aggregate.CountPeople(new ColumnName("people")),
                                new Aggregate.Sum(sales("amount"), new ColumnName("total"))))));
    }

    /** SQL-6, and all else that the algebra has not: the tables hold what was promised. */
    @Test
    void hasFiftyTemplatesThatLeakAndFiveHundredThatAreWrong() {
        assertThat(identity()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(Stream.concat(refused().stream(), identity().stream()).map(row -> row[1]))
                .hasSizeGreaterThanOrEqualTo(500)
                .doesNotHaveDuplicates();
    }

    @Test
    void saysWhereTheRefusedThingStands() {
        var sql = """
                -- how many
                SELECT COUNT(*) AS n
                FROM crm
                WHERE age = 1
                  AND person <> 'x'""";

        var refused = (Compilation.Refused) Room.compile(sql);

        assertThat(refused.at()).isEqualTo(new Position(5, 7));
        assertThat(refused.code().code()).isEqualTo("SQL_IDENTITY_COMPARED");
    }

    @Test
    void saysWhereTextStopsBeingSql() {
        var refused = (Compilation.Refused) Room.compile("SELECT COUNT(*) AS n\r\n\tFRM crm");

        assertThat(refused.at()).isEqualTo(new Position(2, 2));
    }

    @Test
    void namesTheDatasetsThatThereAre() {
        var refused = (Compilation.Refused) Room.compile("SELECT COUNT(*) AS n FROM other");

        assertThat(refused.nearest()).endsWith("crm, \"shop-sales\", ads");
    }

    @Test
    void refusesADeclaredParameterThatIsNotUsed() {
        var refused = SqlPlans.compile("SELECT COUNT(*) AS n FROM crm", Room.DATASETS, Room.PARAMETERS);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Compilation.Refused.class, r -> assertThat(r.code()).isEqualTo(SqlRefusal.PARAMETER_UNUSED));
    }

    @Test
    void doesNotTakeAParameterOutOfTextOrComments() {
        var sql = "SELECT COUNT(*) AS n FROM crm /* :min_age */ WHERE channel = ':min_age'";

        var compilation = SqlPlans.compile(sql, Room.DATASETS, List.of());

        assertThat(compilation).isInstanceOf(Compilation.Planned.class);
    }

    @Test
    void readsEveryRefusalFromATable() {
        var named = Stream.concat(refused().stream(), identity().stream())
                .map(row -> SqlRefusal.valueOf(row[0]))
                .collect(Collectors.toSet());

        assertThat(SqlRefusal.values())
                .filteredOn(code -> !named.contains(code))
                .containsExactly(SqlRefusal.TEXT_TOO_LONG, SqlRefusal.PARAMETER_UNUSED, SqlRefusal.INCONSISTENT);
    }

    @Test
    void hasARowOfTheErrorTableForEveryCode() throws IOException {
        var table = Files.readString(Path.of("../../docs/errors.md"));

        assertThat(SqlRefusal.values()).allSatisfy(code -> assertThat(table).contains("| `" + code.code() + "` |"));
    }

    private static Literal decimal(String value) {
        return new Literal.Decimal(new BigDecimal(value));
    }

    private static ColumnRef crm(String column) {
        return new ColumnRef(new DatasetId("crm"), new ColumnName(column));
    }

    private static ColumnRef sales(String column) {
        return new ColumnRef(new DatasetId("shop-sales"), new ColumnName(column));
    }
}
