package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NoiseStreamTest {
    private static final Sha384Digest RESULT = Sha384Digest.of(Bytes.utf8("a result"));

    @Test
    void givesTheSameBitsWhateverTheOrderOfTheSeeds() {
        var forth = NoiseStream.of(TestSeeds.of(List.of(seed(1), seed(2))), RESULT);
        var back = NoiseStream.of(TestSeeds.of(List.of(seed(2), seed(1))), RESULT);

        assertThat(first(forth, 2_000)).isEqualTo(first(back, 2_000));
    }

    @Test
    void givesOtherBitsForAnotherResult() {
        var seeds = TestSeeds.of(List.of(seed(1), seed(2)));

        var other = NoiseStream.of(seeds, Sha384Digest.of(Bytes.utf8("another result")));

        assertThat(first(other, 4)).isNotEqualTo(first(NoiseStream.of(seeds, RESULT), 4));
    }

    @Test
    void givesOtherBitsWhenOneSeedDiffers() {
        var one = NoiseStream.of(TestSeeds.of(List.of(seed(1), seed(2))), RESULT);
        var other = NoiseStream.of(TestSeeds.of(List.of(seed(1), seed(3))), RESULT);

        assertThat(first(one, 4)).isNotEqualTo(first(other, 4));
    }

    @Test
    void neverRepeatsItself() {
        var stream = NoiseStream.of(TestSeeds.of(List.of(seed(1))), RESULT);

        assertThat(first(stream, 10_000)).doesNotHaveDuplicates();
    }

    @Test
    void setsHalfOfTheBits() {
        var stream = NoiseStream.of(TestSeeds.of(List.of(seed(1))), RESULT);

        long ones = Arrays.stream(first(stream, 10_000)).map(Long::bitCount).sum();

        assertThat(ones).isBetween(320_000L - 1_600, 320_000L + 1_600);
    }

    @Test
    void refusesSeedsOfAnotherLengthOrNone() {
        assertThatThrownBy(() -> TestSeeds.of(List.of(new byte[31]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestSeeds.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] seed(int value) {
        var seed = new byte[Seeds.SIZE];
        Arrays.fill(seed, (byte) value);
        return seed;
    }

    private static long[] first(NoiseStream stream, int count) {
        return LongStream.generate(stream).limit(count).toArray();
    }
}
