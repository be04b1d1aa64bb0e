package dev.parley.rehearsal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of attacks and the tests that try them know of each other. */
class ThreatsTest {
    private static final String PAGE = "docs/threats/attestation.md";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (ATT-\\d+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(ATT-\\d+)\"\\)");

    @Test
    void everyAttackHasItsRow() {
        var rows = ROW.matcher(Checkout.read(PAGE)).results().map(row -> row.group(1));

        assertThat(rows)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 13).mapToObj(n -> "ATT-" + n).toList());
    }

    @Test
    void everyRowNamesTestsThatExist() {
        var tests = tests();

        rows().forEach((attack, named) -> assertThat(named)
                .as(attack)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(tests).containsKey(name)));
    }

    @Test
    void everyTestThatIsTaggedStandsInItsRow() {
        var rows = rows();
        Set<String> tagged = new TreeSet<>();

        tests().forEach((name, sources) -> sources.stream()
                .flatMap(source -> TAG.matcher(source).results())
                .map(tag -> tag.group(1))
                .forEach(attack -> {
                    tagged.add(attack);
                    assertThat(rows.get(attack)).as(attack).contains(name);
                }));

        assertThat(tagged).hasSize(13);
    }

    private static Map<String, Set<String>> rows() {
        return ROW.matcher(Checkout.read(PAGE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> TEST.matcher(row.group())
                                .results()
                                .map(test -> test.group(1))
                                .collect(Collectors.toSet())));
    }

    /** The sources of test classes by their names, which two modules may share. */
    private static Map<String, List<String>> tests() {
        return Checkout.testSources().stream()
                .filter(file -> file.toString().endsWith("Test.java"))
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString().replace(".java", ""),
                        Collectors.mapping(file -> Checkout.read(file.toString()), Collectors.toList())));
    }
}
