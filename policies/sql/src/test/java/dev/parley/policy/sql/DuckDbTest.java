package dev.parley.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's own view: which functions it has, and whether it answers a text and its plan alike. */
class DuckDbTest {
    private static final Set<String> ALLOWED = Set.of("count", "sum", "avg");
    private static Connection duckdb;

    @BeforeAll
    static void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        var random = new Random(3);
        for (var dataset : Room.DATASETS) {
            fill(dataset, random);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duckdb.close();
    }

    static List<String> acceptedWithoutParameters() {
        return SqlPlansTest.accepted().stream()
                .map(row -> row[0])
                .filter(sql -> Room.PARAMETERS.stream().noneMatch(p -> sql.contains(":" + p.name())))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("acceptedWithoutParameters")
    void answersTheTextAndItsPlanAlike(String sql) throws SQLException {
        var printed = SqlPlans.print(((Compilation.Planned) Room.compile(sql)).plan());

        var ofPlan = rows(printed);

        assertThat(ofPlan).containsExactlyInAnyOrderElementsOf(rows(sql));
    }

    @Test
    void refusesEveryFunctionThatTheEngineHas() throws SQLException {
        for (var function : functions()) {
            if (!ALLOWED.contains(function)) {
                for (var sql : calls(function)) {
                    assertThat(Room.compile(sql)).as(sql).isInstanceOf(Compilation.Refused.class);
                }
            }
        }
    }

    /**
     * Another version of the engine may have another function: whoever takes it in looks at the new names, and at what the
     * engine of the enclave could be made to do with them, before adding them to the list.
     */
    @Test
    void knowsEveryFunctionThatTheEngineHas() throws SQLException {
        assertThat(functions()).hasSizeGreaterThan(500).isEqualTo(Room.lines("engine-functions.txt"));
    }

    private static List<String> functions() throws SQLException {
        return rows("SELECT DISTINCT function_name FROM duckdb_functions()").stream()
                .map(row -> row.getFirst())
                .sorted()
                .toList();
    }

    @Test
    void refusesTheAllowedAggregatesInEveryOtherPlace() {
        for (var name : List.of("count", "sum", "avg")) {
            var quoted = "SELECT \"" + name + "\"(spend) AS n FROM crm";
            var filter = "SELECT COUNT(*) AS n FROM crm WHERE " + name + "(spend) > 1";

            assertThat(Room.compile(quoted)).isInstanceOf(Compilation.Refused.class);
            assertThat(Room.compile(filter)).isInstanceOf(Compilation.Refused.class);
        }
    }

    private static List<String> calls(String function) {
        var names = function.matches("[a-zA-Z_][a-zA-Z0-9_]*")
                ? List.of(function, function.toUpperCase(Locale.ROOT), quoted(function))
                : List.of(quoted(function));
        var calls = new ArrayList<String>();
        for (var name : names) {
            for (var arguments : List.of("", "*", "spend", "segment", "DISTINCT person", "spend, 1", "person")) {
                calls.add("SELECT " + name + "(" + arguments + ") AS n FROM crm");
            }
            calls.add("SELECT COUNT(*) AS n FROM crm WHERE " + name + "(age) = 1");
            calls.add("SELECT COUNT(*) AS n FROM crm WHERE age = " + name + "(1)");
            calls.add("SELECT COUNT(*) AS n FROM " + name + "('x')");
            calls.add("SELECT SUM(" + name + "(spend)) AS n FROM crm");
            calls.add("SELECT COUNT(*) AS n FROM crm WHERE age = 1 OR " + name + "(age) = 1");
            calls.add("SELECT COUNT(*) AS n FROM crm HAVING " + name + "(spend) > 1");
            calls.add("SELECT COUNT(*) AS n FROM crm ORDER BY " + name + "(spend)");
            calls.add("SELECT CASE WHEN " + name + "(points) > 1 THEN 'a' END AS b, COUNT(*) AS n FROM crm GROUP BY b");
            calls.add("WITH x AS (SELECT " + name + "(spend) AS s FROM crm) SELECT COUNT(*) AS n FROM x");
        }
        return calls;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void fill(Dataset dataset, Random random) throws SQLException {
        var columns = dataset.columns().stream()
                .map(column -> quoted(column.name().value()) + " " + type(column.type()))
                .collect(Collectors.joining(", "));
        try (var statement = duckdb.createStatement()) {
            statement.execute("CREATE TABLE " + quoted(dataset.id().value()) + " (" + columns + ")");
            for (var row = 0; row < 200; row++) {
                var values = dataset.columns().stream()
                        .map(column -> value(column, random))
                        .collect(Collectors.joining(", "));
                statement.execute("INSERT INTO " + quoted(dataset.id().value()) + " VALUES (" + values + ")");
            }
        }
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Identity(), ColumnType.Text() -> "VARCHAR";
            case ColumnType.Whole() -> "BIGINT";
            case ColumnType.Decimal(var scale) -> "DECIMAL(18, " + scale + ")";
            case ColumnType.Date() -> "DATE";
            case ColumnType.Timestamp() -> "TIMESTAMP";
            case ColumnType.Truth() -> "BOOLEAN";
        };
    }

    private static String value(Column column, Random random) {
        if (random.nextInt(12) == 0) {
            return "NULL";
        }
        return switch (column.type()) {
            case ColumnType.Identity() -> "'p" + random.nextInt(80) + "'";
            case ColumnType.Text() -> {
                var values = List.of("gold", "größer", "O'Brien", "日本", "x", "web", "");
                yield "'" + values.get(random.nextInt(values.size())).replace("'", "''") + "'";
            }
            case ColumnType.Whole() ->
                Integer.toString(List.of(40, -40, 18, 19, 25, 5).get(random.nextInt(6)));
            case ColumnType.Decimal(var scale) ->
                List.of("1", "2.50", "0.25", "-3", "120", "0.05").get(random.nextInt(6));
            case ColumnType.Date() -> "DATE '2026-01-" + (10 + random.nextInt(22)) + "'";
            case ColumnType.Timestamp() -> "TIMESTAMP '2026-01-31 23:59:" + (50 + random.nextInt(10)) + "'";
            case ColumnType.Truth() -> Boolean.toString(random.nextBoolean());
        };
    }

    private static List<List<String>> rows(String sql) throws SQLException {
        var rows = new ArrayList<List<String>>();
        try (var statement = duckdb.createStatement();
                var result = statement.executeQuery(sql)) {
            var width = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= width; column++) {
                    row.add(String.valueOf(result.getObject(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
