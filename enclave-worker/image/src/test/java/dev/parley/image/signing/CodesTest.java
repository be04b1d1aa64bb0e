package dev.parley.image.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CodesTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeStandsInTheTableOnce(SignatureVerdict.Reason reason) throws Exception {
        assertThat(Files.readAllLines(Path.of("../../docs/errors.md")))
                .filteredOn(row -> row.startsWith("| `" + reason + "` |"))
                .hasSize(1);
    }
}
