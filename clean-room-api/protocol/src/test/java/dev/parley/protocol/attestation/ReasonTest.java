package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Path DOCS = Path.of("../../docs");

    @Test
    void everyReasonIsInTheTableOfCodesAndInTheSpecification() throws IOException {
        var codes = Files.readString(DOCS.resolve("errors.md"));
        var spec = Files.readString(DOCS.resolve("spec/attestation.md"));

        for (var reason : Reason.values()) {
            assertThat(codes).contains("| `" + reason + "` |");
            assertThat(spec).contains("`" + reason + "`");
        }
    }
}
