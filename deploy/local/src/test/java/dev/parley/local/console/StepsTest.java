package dev.parley.local.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void printsALineForAStepThatIsDone() throws Exception {
        var result = steps(false).step("one thing", () -> 7);

        assertThat(result).isEqualTo(7);
        assertThat(text()).matches("  ✓ one thing +[0-9]+\\.[0-9] s\n");
    }

    @Test
    void printsNothingForAStepThatFails() {
        assertThatThrownBy(() -> steps(false).step("one thing", () -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");

        assertThat(text()).isEmpty();
    }

    @Test
    void namesWhatIsBeingDoneOnATerminalOnly() throws Exception {
        steps(true).step("one thing", () -> "");

        assertThat(text()).contains("… one thing").contains("✓ one thing");
    }

    @Test
    void alignsNumbersToTheRight() {
        var table = new Table(List.of("name", "count"), List.of(List.of("a", "7"), List.of("bcdef", "1,234")));

        assertThat(table.lines()).containsExactly("name   count", "────────────", "a          7", "bcdef  1,234");
    }

    private Steps steps(boolean terminal) {
        return new Steps(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
