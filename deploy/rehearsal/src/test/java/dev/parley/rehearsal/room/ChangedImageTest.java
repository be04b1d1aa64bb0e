package dev.parley.rehearsal.room;

import static dev.parley.local.room.LocalRoom.PUBLISHER;
import static dev.parley.local.room.LocalRoom.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole room whose operator changed one byte of one jar of the enclave's program, and works as before otherwise. */
@Tag("ATT-8")
@DisplayName("One changed byte in a measured jar")
class ChangedImageTest {
    private static final String QUERY = "reach-by-segment";

    @Test
    void isRefusedByTheBrokersAndCostsNothing(@TempDir Path state, @TempDir Path scratch) throws Exception {
        try (var rehearsed = Rehearsed.start(state);
                var swapped = SwappedImage.withOneByteChanged(rehearsed.room(), scratch)) {
            var refused = rehearsed.tryToRun(PUBLISHER, QUERY);

            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.printed() + refused.complaints()).contains("MEASUREMENT_NOT_ACCEPTED");
            for (var party : new String[] {RETAILER, PUBLISHER}) {
                assertThat(rehearsed.spent(party)).isZero();
                assertThat(rehearsed.releases(party)).isZero();
            }

            swapped.putBack();
            var run = rehearsed.run(PUBLISHER, QUERY);

            assertThat(rehearsed.result(PUBLISHER, run).toString()).isNotEmpty();
            assertThat(rehearsed.spent(RETAILER)).isPositive();
            assertThat(rehearsed.releases(RETAILER)).isOne();
        }
    }
}
