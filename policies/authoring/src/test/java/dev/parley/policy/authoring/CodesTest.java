package dev.parley.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.approval.Standing;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.check.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodesTest {
    private static final Path TABLE = Path.of("..", "..", "docs", "errors.md");

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeHasOneRowInTheTable(String code) throws IOException {
        var rows = Files.readAllLines(TABLE).stream().filter(line -> line.startsWith("| `" + code + "` |"));

        assertThat(rows).hasSize(1);
    }

    static Stream<String> codes() {
        return Stream.of(
                        RefusalCode.values(), Standing.Reason.values(), FindingCode.values(), YamlProblem.Code.values())
                .flatMap(Arrays::stream)
                .map(code -> ((Enum<?>) code).name());
    }
}
