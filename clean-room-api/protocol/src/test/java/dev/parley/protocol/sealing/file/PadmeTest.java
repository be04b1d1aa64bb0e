package dev.parley.protocol.sealing.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadmeTest {
    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "3, 3",
        "8, 8",
        "9, 10",
        "100, 104",
        "1000, 1024",
        "16384, 16384",
        "16385, 17408",
        "1000000, 1015808"
    })
    void roundsAsThePaperSays(long length, long padded) {
        assertThat(Padme.padded(length)).isEqualTo(padded);
    }

    @Test
    void addsAtMostTwelvePercentAndNeverTwice() {
        var random = new Random(12);
        for (var i = 0; i < 100_000; i++) {
            var length = 2 + (random.nextLong() >>> (20 + random.nextInt(43)));
            var padded = Padme.padded(length);

            assertThat(padded).isGreaterThanOrEqualTo(length).isLessThanOrEqualTo(length + length * 12 / 100 + 1);
            assertThat(Padme.padded(padded)).isEqualTo(padded);
        }
    }
}
