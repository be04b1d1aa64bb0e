package dev.parley.protocol.attestation;

import static dev.parley.protocol.attestation.CborSpan.head;
import static dev.parley.protocol.attestation.CborSpan.joined;
import static dev.parley.protocol.attestation.CborSpan.spliced;
import static dev.parley.protocol.attestation.CborSpan.width;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Changes after which bytes are no evidence whoever signs them: each breaks a rule of {@code attestation.md} §§2–4. All
 * but {@link #MISSING_ENTRY} and those behind it apply to the envelope as well as to the payload.
 */
enum FormMutation {
    TAG {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var at = any(random, bytes).start();
            var tags = List.of("c0", "c2", "d2", "d818", "d9d9f7");
            return spliced(bytes, at, at, hex(tags.get(random.nextInt(tags.size()))));
        }
    },
    LONG_HEAD {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var all = CborSpan.of(bytes)
                    .all()
                    .filter(s -> s.major() <= CborSpan.MAP && s.content() - s.start() < 5)
                    .filter(s -> (bytes[s.start()] & 0x1f) != 31)
                    .toList();
            var span = all.get(random.nextInt(all.size()));
            var width = span.content() - span.start() - 1;
            long argument = width == 0 ? bytes[span.start()] & 0x1f : 0;
            for (var i = span.start() + 1; i < span.content(); i++) {
                argument = argument << 8 | (bytes[i] & 0xff);
            }
            var longer = width == 0 ? 1 << random.nextInt(4) : Math.min(8, width << (1 + random.nextInt(2)));
            return spliced(bytes, span.start(), span.content(), head(span.major(), argument, longer));
        }
    },
    INDEFINITE {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var all = CborSpan.of(bytes)
                    .all()
                    .skip(1)
                    .filter(s -> s.major() >= CborSpan.OCTETS && s.major() <= CborSpan.MAP)
                    .toList();
            var span = all.get(random.nextInt(all.size()));
            // Strings become one chunk in a string of chunks.
            var inner = span.isString() ? span.bytes(bytes) : Arrays.copyOfRange(bytes, span.content(), span.end());
            var whole = joined(joined(new byte[] {(byte) ((span.major() << 5) | 31)}, inner), hex("ff"));
            return span.replacedBy(bytes, whole);
        }
    },
    LYING_LENGTH {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var all = CborSpan.of(bytes)
                    .all()
                    .skip(1)
                    .filter(s -> s.major() >= CborSpan.OCTETS && s.major() <= CborSpan.MAP)
                    .toList();
            var span = all.get(random.nextInt(all.size()));
            var said = span.isString()
                    ? span.end() - span.content()
                    : span.children().size() / (span.major() == CborSpan.MAP ? 2 : 1);
            var lies = List.of(said + 1L, said + 2L, 1L << 16, (1L << 32) - 1, 1L << 40, Long.MAX_VALUE, -1L);
            var lie = lies.get(random.nextInt(lies.size()));
            return spliced(
                    bytes,
                    span.start(),
                    span.content(),
                    head(span.major(), lie, lie < 0 || lie >= 1L << 32 ? 8 : width(lie)));
        }
    },
    TRAILING_BYTES {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var more = new byte[1 + random.nextInt(64)];
            random.nextBytes(more);
            return joined(bytes, more);
        }
    },
    TRUNCATION {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
        }
    },
    DEEP_NESTING {
        @Override
        byte[] apply(Random random, byte[] bytes) {
            var children = CborSpan.of(bytes).children();
            var arrays = new byte[5 + random.nextInt(5_000)];
            Arrays.fill(arrays, (byte) 0x81);
            return children.get(random.nextInt(children.size())).replacedBy(bytes, joined(arrays, hex("f6")));
        }
    },
    MISSING_ENTRY {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var children = CborSpan.of(payload).children();
            var key = 2 * random.nextInt(children.size() / 2);
            return spliced(
                    payload, children.get(key).start(), children.get(key + 1).end(), new byte[0]);
        }
    },
    REPEATED_ENTRY {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var children = CborSpan.of(payload).children();
            var key = 2 * random.nextInt(children.size() / 2);
            var entry = Arrays.copyOfRange(
                    payload, children.get(key).start(), children.get(key + 1).end());
            return added(random, payload, entry);
        }
    },
    UNKNOWN_ENTRY {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var entries = List.of("65657874726100", "00f6", "6a7075626c69635f4b4579f6", "60f6", "646e6f6e41f5");
            return added(random, payload, hex(entries.get(random.nextInt(entries.size()))));
        }
    },
    WRONG_TYPE {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var children = CborSpan.of(payload).children();
            var value = children.get(1 + 2 * random.nextInt(children.size() / 2));
            // Never bytes or null, which three of the fields may be.
            var others = List.of(
                    "20", "6178", "80", "a0", "f5", "f7", "f97e00", "fb3ff0000000000000", "c249010000000000000000");
            var other = hex(others.get(random.nextInt(others.size())));
            return value.replacedBy(
                    payload, (other[0] & 0xff) >> 5 == value.major() && value.major() < 6 ? hex("f4") : other);
        }
    },
    KEY_OF_BYTES {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var children = CborSpan.of(payload).children();
            var key = children.get(2 * random.nextInt(children.size() / 2)).start();
            return spliced(payload, key, key + 1, new byte[] {(byte) ((payload[key] & 0x1f) | (CborSpan.OCTETS << 5))});
        }
    },
    NOT_UTF8 {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var texts = CborSpan.of(payload).children().stream()
                    .filter(s -> s.major() == CborSpan.TEXT)
                    .toList();
            var text = texts.get(random.nextInt(texts.size()));
            var changed = payload.clone();
            changed[text.content() + random.nextInt(text.end() - text.content())] =
                    (byte) (0x80 + random.nextInt(0x80));
            return changed;
        }
    },
    REGISTER_FORM {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var pcrs = CborSpan.of(payload).value(payload, "pcrs").children();
            var at = 2 * random.nextInt(pcrs.size() / 2);
            var lengths = List.of(0, 20, 32, 47, 49, 64);
            var indices = List.of("1820", "20", "6130", "f6", "18ff", "4100");
            return random.nextBoolean()
                    ? pcrs.get(at + 1)
                            .replacedBy(payload, CborSpan.octets(new byte[lengths.get(random.nextInt(lengths.size()))]))
                    : pcrs.get(at).replacedBy(payload, hex(indices.get(random.nextInt(indices.size()))));
        }
    },
    CERTIFICATE_FORM {
        @Override
        byte[] apply(Random random, byte[] payload) {
            var bundle = CborSpan.of(payload).value(payload, "cabundle").children();
            var span = random.nextBoolean()
                    ? CborSpan.of(payload).value(payload, "certificate")
                    : bundle.get(random.nextInt(bundle.size()));
            var der = Arrays.copyOfRange(payload, span.content(), span.end());
            return span.replacedBy(
                    payload,
                    CborSpan.octets(
                            switch (random.nextInt(4)) {
                                case 0 -> new byte[0];
                                case 1 -> Arrays.copyOf(der, der.length + 1 + random.nextInt(100));
                                case 2 -> Arrays.copyOf(der, 1 + random.nextInt(der.length - 1));
                                default -> Arrays.copyOf(der, 1_025);
                            }));
        }
    };

    abstract byte[] apply(Random random, byte[] bytes);

    boolean forEnvelopes() {
        return compareTo(MISSING_ENTRY) < 0;
    }

    /** An entry more between two of the map, counted where the map counts. */
    private static byte[] added(Random random, byte[] payload, byte[] entry) {
        var children = CborSpan.of(payload).children();
        var at = children.get(2 * random.nextInt(children.size() / 2)).start();
        var longer = spliced(payload, at, at, entry);
        if (payload[0] != (byte) 0xbf) {
            longer[0]++;
        }
        return longer;
    }

    private static CborSpan any(Random random, byte[] bytes) {
        var all = CborSpan.of(bytes).all().toList();
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
