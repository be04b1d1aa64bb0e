package dev.parley.protocol.cbor;

import dev.parley.protocol.encoding.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded values and near-values. */
final class CborSamples {
    private static final byte[] HEADS = {
        0,
        1,
        0x17,
        0x18,
        0x19,
        0x20,
        0x38,
        0x40,
        0x41,
        0x42,
        0x58,
        0x60,
        0x61,
        0x62,
        0x78,
        (byte) 0x80,
        (byte) 0x81,
        (byte) 0x82,
        (byte) 0xa0,
        (byte) 0xa1,
        (byte) 0xa2,
        (byte) 0xbf,
        (byte) 0xf4,
        (byte) 0xf5,
        (byte) 0xf6,
        (byte) 0xff
    };

    private CborSamples() {}

    /** Short strings of plausible first bytes, so that a good part of them is valid. */
    static byte[] noise(Random random) {
        var bytes = new byte[random.nextInt(10)];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(4) == 0 ? (byte) random.nextInt() : HEADS[random.nextInt(HEADS.length)];
        }
        return bytes;
    }

    static Cbor value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> Cbor.of(random.nextLong() >> random.nextInt(64));
            case 1 -> Cbor.of(octets(random));
            case 2 -> Cbor.of(text(random));
            case 3 -> Cbor.of(random.nextBoolean());
            case 4 -> new Cbor.Null();
            case 5 ->
                new Cbor.Arr(IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> value(random, depth - 1))
                        .toList());
            default -> map(random, depth);
        };
    }

    private static Cbor map(Random random, int depth) {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        for (var i = random.nextInt(5); i > 0; i--) {
            var key = random.nextBoolean() ? Cbor.of(text(random)) : Cbor.of(random.nextInt());
            entries.put(key, value(random, depth - 1));
        }
        return new Cbor.Dict(entries);
    }

    private static Bytes octets(Random random) {
        var octets = new byte[random.nextInt(300)];
        random.nextBytes(octets);
        return Bytes.takeOwnershipOf(octets);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 0, 0x2_0000)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
