package dev.parley.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CborTest {
    /** The examples of RFC 8949 appendix A that this package's form allows. */
    static Stream<Arguments> examplesOfTheRfc() throws Malformed {
        return Stream.of(
                arguments("00", Cbor.of(0)),
                arguments("17", Cbor.of(23)),
                arguments("1818", Cbor.of(24)),
                arguments("1864", Cbor.of(100)),
                arguments("1903e8", Cbor.of(1000)),
                arguments("1a000f4240", Cbor.of(1_000_000)),
                arguments("1b000000e8d4a51000", Cbor.of(1_000_000_000_000L)),
                arguments("1b7fffffffffffffff", Cbor.of(Long.MAX_VALUE)),
                arguments("20", Cbor.of(-1)),
                arguments("3863", Cbor.of(-100)),
                arguments("3903e7", Cbor.of(-1000)),
                arguments("3b7fffffffffffffff", Cbor.of(Long.MIN_VALUE)),
                arguments("f4", Cbor.of(false)),
                arguments("f5", Cbor.of(true)),
                arguments("f6", Cbor.of(Optional.empty())),
                arguments("40", Cbor.of(Bytes.empty())),
                arguments("4401020304", Cbor.of(Bytes.parseHex("01020304"))),
                arguments("60", Cbor.of("")),
                arguments("6449455446", Cbor.of("IETF")),
                arguments("62c3bc", Cbor.of("\u00fc")),
                arguments("64f0908591", Cbor.of("\ud800\udd51")),
                arguments("80", Cbor.array()),
                arguments("83010203", Cbor.array(Cbor.of(1), Cbor.of(2), Cbor.of(3))),
                arguments("a0", Cbor.map().build()),
                arguments("a201020304", numbers()),
                arguments("a26161016162820203", nested()));
    }

    private static Cbor numbers() {
        return Cbor.map()
                .put(Cbor.of(1), Cbor.of(2))
                .put(Cbor.of(3), Cbor.of(4))
                .build();
    }

    private static Cbor nested() {
        return Cbor.map()
                .put("a", 1)
                .put("b", Cbor.array(Cbor.of(2), Cbor.of(3)))
                .build();
    }

    @ParameterizedTest
    @MethodSource("examplesOfTheRfc")
    void readsAndWritesTheExamplesOfTheRfc(String hex, Cbor value) throws Malformed {
        assertThat(Cbor.parse(Bytes.parseHex(hex), 4)).isEqualTo(value);
        assertThat(value.encode().hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "'', nothing",
        "1800, one byte for 0",
        "1817, one byte for 23",
        "190064, two bytes for 100",
        "1a00000064, four bytes for 100",
        "1b0000000000000064, eight bytes for 100",
        "5801aa, long length of a byte string",
        "78026161, long length of a text",
        "98020102, long length of an array",
        "b8010102, long length of a map",
        "1bffffffffffffffff, 64 bits",
        "3bffffffffffffffff, 64 bits below zero",
        "19, ends in the head",
        "42aa, byte string beyond the end",
        "5bffffffffffffffff, byte string of 2^64 - 1",
        "5b7fffffffffffffff, byte string of 2^63 - 1",
        "9b7fffffffffffffff, array of 2^63 - 1",
        "bb7fffffffffffffff, map of 2^63 - 1",
        "9a00ffffff, array beyond the end",
        "a101, map without the value",
        "a2616101616102, key twice",
        "a201020103, number key twice",
        "a1400a, byte string as key",
        "a1f60a, null as key",
        "61ff, not UTF-8",
        "62c080, overlong UTF-8",
        "63eda080, half a surrogate pair",
        "c000, tag",
        "d28443a10126, tag 18",
        "f7, undefined",
        "f0, unassigned simple value",
        "f818, simple value in two bytes",
        "f97e00, half float",
        "fa7f800000, float",
        "fb7ff0000000000000, double",
        "5f41aaff, byte string in chunks",
        "7f6161ff, text in chunks",
        "9f01ff, indefinite array",
        "bf6161 01ff, indefinite map",
        "ff, break alone",
        "1c, reserved",
        "0000, something behind",
        "8181818181, too deep and short",
        "818181818100, too deep",
    })
    void refuses(String hex, String why) throws Malformed {
        var bytes = Bytes.parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> Cbor.parse(bytes, 4)).as(why).isInstanceOf(Malformed.class);
    }

    @Test
    void allowsOnlyTheOutermostMapToBeIndefinite() throws Malformed {
        var inner = Bytes.parseHex("bf6161bf616201ffff");
        var outer = Bytes.parseHex("bf6161a1616201ff");

        assertThatThrownBy(() -> Cbor.parseMaybeIndefiniteMap(inner, 4)).isInstanceOf(Malformed.class);
        var map = Cbor.parseMaybeIndefiniteMap(outer, 4);

        assertThat(map.encode().hex()).isEqualTo("a16161a1616201");
        assertThat(map.encodeIndefinite()).isEqualTo(outer);
        assertThat(Cbor.parseMaybeIndefiniteMap(map.encode(), 4)).isEqualTo(map);
    }

    @ParameterizedTest
    @CsvSource({"bf", "bf6161", "bf616101", "bf616101616102ff", "bf61ff", "bf616101ff00", "00", "80"})
    void refusesIndefiniteMapsThatAreNotWhole(String hex) throws Malformed {
        var bytes = Bytes.parseHex(hex);

        assertThatThrownBy(() -> Cbor.parseMaybeIndefiniteMap(bytes, 4)).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesAMapOfTooManyEntries() {
        var map = new byte[3 + 2 * 1025 * 3];
        map[0] = (byte) 0xb9;
        map[1] = 4;
        map[2] = 1;
        var at = 3;
        for (var key = 0; key < 1025; key++) {
            map[at++] = 0x19;
            map[at++] = (byte) ((key + 256) >> 8);
            map[at++] = (byte) key;
            at++;
        }
        var bytes = Bytes.copyOf(java.util.Arrays.copyOf(map, at));

        assertThatThrownBy(() -> Cbor.parse(bytes, 4))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("too many");
    }

    @Test
    void endsAtAHundredThousandOpenArrays() {
        var deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0x81);

        assertThatThrownBy(() -> Cbor.parse(Bytes.copyOf(deep), 16))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("deep");
    }

    @Test
    void whateverItReadsItWritesBackTheSame() {
        var random = new Random(7);
        var read = 0;

        for (var i = 0; i < 200_000; i++) {
            var bytes = Bytes.copyOf(CborSamples.noise(random));
            var value = parseIfValid(bytes);
            if (value.isPresent()) {
                read++;
                assertThat(value.get().encode()).isEqualTo(bytes);
            }
        }

        assertThat(read).isGreaterThan(1000);
    }

    private static Optional<Cbor> parseIfValid(Bytes bytes) {
        try {
            return Optional.of(Cbor.parse(bytes, 4));
        } catch (Malformed refused) {
            return Optional.empty();
        }
    }

    @Test
    void whateverItWritesItReadsBackTheSame() throws Malformed {
        var random = new Random(11);

        for (var i = 0; i < 5_000; i++) {
            var value = CborSamples.value(random, 4);
            assertThat(Cbor.parse(value.encode(), 4)).isEqualTo(value);
        }
    }
}
