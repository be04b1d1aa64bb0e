package dev.parley.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.people.TrueAnswer.Cells;
import dev.parley.local.people.TrueAnswer.Dimension;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrueAnswerTest {
    private static final Person ADA = new Person("ada@example.org", "+447400000001");
    private static final Person BO = new Person("bo@example.org", "+447400000002");
    private static final Person CY = new Person("cy@example.org", "+447400000003");

    private static final Population POPULATION = new Population(
            List.of(
                    new Customer(ADA, "loyal", "north", 1_050),
                    new Customer(BO, "family", "south", 300),
                    new Customer(CY, "family", "south", 999)),
            List.of(
                    new Exposure(ADA, "spring", 3),
                    new Exposure(ADA, "summer", 4),
                    new Exposure(BO, "spring", 1),
                    new Exposure(new Person("stranger@example.org", "+447400000004"), "spring", 9)));

    @Test
    void countsAPersonOnceAndSumsEveryJoinedRow() {
        var answer = TrueAnswer.of(POPULATION, List.of(Dimension.SEGMENT));

        assertThat(answer.keys()).containsExactly(List.of("family"), List.of("loyal"));
        assertThat(answer.cells(List.of("loyal"))).isEqualTo(new Cells(1, 2, 2_100, 7));
        assertThat(answer.cells(List.of("family"))).isEqualTo(new Cells(1, 1, 300, 1));
    }

    @Test
    void groupsByDimensionsOfBothParties() {
        var answer = TrueAnswer.of(POPULATION, List.of(Dimension.CAMPAIGN, Dimension.REGION));

        assertThat(answer.keys())
                .containsExactly(List.of("spring", "north"), List.of("spring", "south"), List.of("summer", "north"));
    }

    @Test
    void leavesOutWhoIsKnownToOnePartyOnly() {
        var answer = TrueAnswer.of(POPULATION, List.of());

        assertThat(answer.cells(List.of())).isEqualTo(new Cells(2, 3, 2_400, 8));
    }
}
