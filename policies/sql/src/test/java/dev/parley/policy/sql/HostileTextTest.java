package dev.parley.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostileTextTest {
    private static final List<String> WORDS = Grammar.words().stream().sorted().toList();
    private static final String START = "SELECT COUNT(*) AS n FROM crm WHERE ";

    @Test
    void refusesTextOverTheCap() {
        var sql = START + "age = 1 --" + "x".repeat(16_384);

        assertThat(code(sql)).isEqualTo(SqlRefusal.TEXT_TOO_LONG);
    }

    @Test
    void takesTextUpToTheCap() {
        var sql = START + "age = 1 --";

        assertThat(Room.compile(sql + "x".repeat(16_384 - sql.length()))).isInstanceOf(Compilation.Planned.class);
    }

    @Test
    void takesSixtyFourConditionsAndNoMore() {
        var most = START + "age = 1" + " AND age = 1".repeat(63);

        assertThat(Room.compile(most)).isInstanceOf(Compilation.Planned.class);
        assertThat(code(most + " AND age = 1")).isEqualTo(SqlRefusal.TOO_MANY);
        assertThat(code(START + "age IN (1" + ", 1".repeat(64) + ")")).isEqualTo(SqlRefusal.TOO_MANY);
        assertThat(code("SELECT COUNT(*) AS n0" + sums(64) + " FROM crm")).isEqualTo(SqlRefusal.TOO_MANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT ",
                "- ",
                "CASE WHEN ",
                "1 + ",
                "age = 1 AND ",
                "1 BETWEEN ",
                "x.",
                "'a' ",
                "(",
                "f(",
                "IN ",
                "1 = ",
                "1 LIKE ",
                "1 OR ",
                "age IS NULL IS NULL AND ",
                "1 IN (1) AND ",
                "1 MEMBER OF ",
                "CAST(",
                "1 OVERLAPS ",
                "a NOT BETWEEN 1 AND ",
                "EXISTS ",
                "DATE ",
                "INTERVAL "
            })
    void refusesLongRepetitionsInTime(String piece) {
        var sql = START + piece.repeat((16_000 - START.length()) / piece.length()) + "age = 1";

        var start = System.nanoTime();
        var compilation = Room.compile(sql);

        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void survivesDeepTreesOnASmallStack() throws InterruptedException {
        var results = new ConcurrentLinkedQueue<Compilation>();
        var sql = START + "age = " + "1 + ".repeat(3_900) + "1";

        var thread = new Thread(null, () -> results.add(Room.compile(sql)), "small", 256 * 1024);
        thread.start();
        thread.join();

        assertThat(results).singleElement().isInstanceOf(Compilation.Refused.class);
    }

    @Test
    void neverThrowsAndNeverRepeatsConstants() {
        var random = new Random(7);
        var texts = Stream.concat(
                        Stream.concat(
                                SqlPlansTest.accepted().stream().map(row -> row[0]),
                                SqlPlansTest.refused().stream().map(row -> row[1])),
                        SqlPlansTest.identity().stream().map(row -> row[1]))
                .toList();
        var pieces = List.of(
                "'",
                "\"",
                "(",
                ")",
                ",",
                " ",
                "--",
                "/*",
                "*/",
                ":",
                "?",
                ";",
                "=",
                "<>",
                "*",
                ".",
                "-",
                "1",
                "'canary7'",
                " OR ",
                " AND ",
                " NOT ",
                " person ",
                " IN ",
                " AS ",
                "\n",
                "\r",
                "\0",
                "\ud83d",
                "é",
                " canary7 ",
                "\\");

        var planned = 0;
        for (var i = 0; i < Integer.getInteger("mutations", 4_000); i++) {
            var sql = mutated(texts.get(random.nextInt(texts.size())), pieces, random);
            switch (Room.compile(sql)) {
                case Compilation.Planned(var plan) -> {
                    planned++;
                    assertThat(Room.compile(SqlPlans.print(plan))).as(sql).isEqualTo(new Compilation.Planned(plan));
                }
                case Compilation.Refused refused -> {
                    assertThat(refused.nearest()).doesNotContain("canary7");
                    assertThat(refused.code()).as(sql).isNotEqualTo(SqlRefusal.INCONSISTENT);
                }
            }
        }
        assertThat(planned).isPositive();
    }

    private static String mutated(String sql, List<String> pieces, Random random) {
        var text = new StringBuilder(sql);
        for (var count = 1 + random.nextInt(3); count > 0; count--) {
            var at = random.nextInt(text.length() + 1);
            if (random.nextInt(3) == 0) {
                text.insert(at, " " + WORDS.get(random.nextInt(WORDS.size())) + " ");
            } else if (random.nextBoolean()) {
                text.insert(at, pieces.get(random.nextInt(pieces.size())));
            } else {
                text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            }
        }
        return text.toString();
    }

    private static String sums(int count) {
        var sums = new StringBuilder();
        for (var i = 1; i <= count; i++) {
            sums.append(", SUM(spend) AS n").append(i);
        }
        return sums.toString();
    }

    private static SqlRefusal code(String sql) {
        return ((Compilation.Refused) Room.compile(sql)).code();
    }
}
