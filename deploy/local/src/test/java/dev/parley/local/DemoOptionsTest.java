package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoOptionsTest {
    @Test
    void bringsFiftyThousandRowsAPartyUnlessTold() throws Exception {
        assertThat(DemoOptions.parse(List.of())).isEqualTo(new DemoOptions(50_000, false, Optional.empty(), 1));
    }

    @Test
    void takesEveryOptionInAnyOrder() throws Exception {
        var options = DemoOptions.parse(List.of("--seed", "9", "--state", "/tmp/room", "--once", "--rows", "2000"));

        assertThat(options).isEqualTo(new DemoOptions(2_000, true, Optional.of(Path.of("/tmp/room")), 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rows", "--rows many", "--rows 999", "--rows 5000001", "--seed -1", "--fast", "now"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(DemoOptions.Misused.class);
    }
}
