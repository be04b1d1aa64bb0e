package dev.parley.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.http.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
    @Test
    void readsTheFormsOfASingleRange() {
        assertThat(ByteRange.of(null, 10)).isEqualTo(new ByteRange(0, 10, 10, false));
        assertThat(ByteRange.of("bytes=0-0", 10)).isEqualTo(new ByteRange(0, 1, 10, true));
        assertThat(ByteRange.of("bytes=4-", 10)).isEqualTo(new ByteRange(4, 6, 10, true));
        assertThat(ByteRange.of("bytes=4-99", 10)).isEqualTo(new ByteRange(4, 6, 10, true));
        assertThat(ByteRange.of("bytes=-3", 10)).isEqualTo(new ByteRange(7, 3, 10, true));
        assertThat(ByteRange.of("bytes=-99", 10)).isEqualTo(new ByteRange(0, 10, 10, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=-0",
                "bytes=10-",
                "bytes=5-4",
                "bytes=1-2,4-5",
                "lines=1-2",
                "bytes=a-b",
                "bytes=99999999999999999999-",
                "bytes=1-2 "
            })
    void refusesWhatIsNoRangeOfTheCiphertext(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 10)).isInstanceOf(Refused.class);
    }
}
