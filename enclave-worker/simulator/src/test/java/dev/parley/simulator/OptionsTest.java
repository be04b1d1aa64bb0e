package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.simulator.securitymodule.EvidenceForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    private static final List<String> NEEDED = List.of("--state", "a", "--image", "b", "--socket", "c");

    @Test
    void writesEvidenceAsModulesDoTodayUnlessToldOtherwise() throws Exception {
        assertThat(Options.parse(NEEDED).form()).isEqualTo(EvidenceForm.INDEFINITE_MAP);
        assertThat(Options.parse(and("--definite-maps")).form()).isEqualTo(EvidenceForm.DEFINITE_MAP);
    }

    @Test
    void refusesWhatItDoesNotKnowAndNamesWithoutValues() {
        for (var arguments : List.of(and("--work"), and("--nonsense", "d"), and("--state", "d"), List.<String>of())) {
            assertThatThrownBy(() -> Options.parse(arguments)).isInstanceOf(Failure.class);
        }
    }

    private static List<String> and(String... more) {
        List<String> all = new ArrayList<>(NEEDED);
        all.addAll(List.of(more));
        return all;
    }
}
