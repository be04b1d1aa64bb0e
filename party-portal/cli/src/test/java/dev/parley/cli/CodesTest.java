package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.seal.SealCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void everyCodeStandsInTheTableOnce() throws Exception {
        var table = Files.readAllLines(Path.of("../../docs/errors.md"));

        var codes = Stream.concat(Arrays.stream(CliCode.values()), Arrays.stream(SealCode.values()))
                .map(Enum::name)
                .toList();

        assertThat(codes)
                .allSatisfy(code -> assertThat(table)
                        .filteredOn(row -> row.startsWith("| `" + code + "` |"))
                        .hasSize(1));
    }
}
