package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.simulator.sandbox.Layer;
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

    @Test
    void takesWeakerLevelsByTheirExactNames() throws Exception {
        assertThat(accepting("no-dedicated-user,no-outer-filter").accepted())
                .containsExactlyInAnyOrder(Layer.DEDICATED_USER, Layer.OUTER_FILTER);
        for (var mistaken : List.of("no-dedicated-users", "dedicated-user", "no-inner-filter", "full", "all", ",")) {
            assertThatThrownBy(() -> accepting(mistaken))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("no-outer-filter, no-dedicated-user, no-control-group, no-secret-memory");
        }
    }

    private static Options accepting(String levels) throws Failure {
        return Options.parse(and("--accept-weaker", levels));
    }
}
