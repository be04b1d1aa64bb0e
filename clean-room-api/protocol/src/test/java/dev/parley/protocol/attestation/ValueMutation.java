package dev.parley.protocol.attestation;

import static dev.parley.protocol.attestation.CborSpan.octets;
import static dev.parley.protocol.attestation.CborSpan.spliced;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes after which a payload may well be of the right form, but is not the one that was signed. */
enum ValueMutation {
    FLIPPED_BIT {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var strings = CborSpan.of(payload)
                    .all()
                    .filter(s -> s.isString() && s.end() > s.content())
                    .toList();
            var string = strings.get(random.nextInt(strings.size()));
            var changed = payload.clone();
            changed[string.content() + random.nextInt(string.end() - string.content())] ^=
                    (byte) (1 << random.nextInt(8));
            return changed;
        }
    },
    FIELD_OF_ANOTHER_DOCUMENT {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var field = any(
                    random,
                    List.of(
                            "module_id",
                            "timestamp",
                            "pcrs",
                            "certificate",
                            "cabundle",
                            "public_key",
                            "user_data",
                            "nonce"));
            return value(payload, field).replacedBy(payload, value(other, field).bytes(other));
        }
    },
    OTHER_TIME {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var changed = payload.clone();
            changed[value(payload, "timestamp").end() - 1 - random.nextInt(5)] ^= (byte) (1 + random.nextInt(255));
            return changed;
        }
    },
    OTHER_REGISTER {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var values = value(payload, "pcrs").children();
            var register = values.get(1 + 2 * random.nextInt(values.size() / 2));
            var digest = new byte[48];
            if (random.nextInt(4) != 0) {
                random.nextBytes(digest);
            }
            return register.replacedBy(payload, octets(digest));
        }
    },
    SWAPPED_REGISTERS {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var values = value(payload, "pcrs").children();
            var one = values.get(1 + 2 * random.nextInt(5));
            var two = values.get(1 + 2 * random.nextInt(values.size() / 2));
            var swapped = one.replacedBy(payload, two.bytes(payload));
            return two.replacedBy(swapped, one.bytes(payload));
        }
    },
    REGISTER_MORE_OR_LESS {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var pcrs = value(payload, "pcrs");
            var children = pcrs.children();
            var count = children.size() / 2;
            var last = children.get(children.size() - 2);
            var fewer = random.nextBoolean();
            var entry = fewer ? new byte[0] : CborSpan.joined(CborSpan.head(0, 31, 1), octets(new byte[48]));
            var changed = spliced(payload, fewer ? last.start() : pcrs.end(), pcrs.end(), entry);
            var now = fewer ? count - 1 : count + 1;
            return spliced(
                    changed, pcrs.start(), pcrs.content(), CborSpan.head(CborSpan.MAP, now, CborSpan.width(now)));
        }
    },
    BUNDLE_PERMUTED {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var bundle = bundle(payload);
            Collections.shuffle(bundle, random);
            return withBundle(payload, bundle);
        }
    },
    BUNDLE_SHORTENED {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var bundle = bundle(payload);
            for (var n = random.nextInt(bundle.size()); n >= 0; n--) {
                bundle.remove(random.nextInt(bundle.size()));
            }
            return withBundle(payload, bundle);
        }
    },
    BUNDLE_WITH_GUESTS {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var bundle = bundle(payload);
            var guests = new ArrayList<>(bundle(other));
            guests.addAll(bundle);
            guests.add(content(payload, value(payload, "certificate")));
            for (var n = random.nextInt(3); n >= 0; n--) {
                bundle.add(random.nextInt(bundle.size() + 1), any(random, guests));
            }
            return withBundle(payload, bundle);
        }
    },
    LEAF_OF_THE_BUNDLE {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            return value(payload, "certificate").replacedBy(payload, octets(any(random, bundle(payload))));
        }
    },
    CERTIFICATE_BYTE {
        @Override
        byte[] apply(Random random, byte[] payload, byte[] other) {
            var certificates = new ArrayList<>(value(payload, "cabundle").children());
            certificates.add(value(payload, "certificate"));
            var span = any(random, certificates);
            var changed = payload.clone();
            changed[span.content() + random.nextInt(span.end() - span.content())] ^= (byte) (1 + random.nextInt(255));
            return changed;
        }
    };

    /**
     * A changed payload.
     *
     * @param other another good one, to take pieces from
     */
    abstract byte[] apply(Random random, byte[] payload, byte[] other);

    private static CborSpan value(byte[] payload, String field) {
        return CborSpan.of(payload).value(payload, field);
    }

    private static byte[] content(byte[] payload, CborSpan span) {
        return Arrays.copyOfRange(payload, span.content(), span.end());
    }

    private static List<byte[]> bundle(byte[] payload) {
        var entries = value(payload, "cabundle").children().stream()
                .map(span -> content(payload, span))
                .toList();
        return new ArrayList<>(entries);
    }

    private static byte[] withBundle(byte[] payload, List<byte[]> bundle) {
        var array = CborSpan.head(CborSpan.ARRAY, bundle.size(), 0);
        for (var certificate : bundle) {
            array = CborSpan.joined(array, octets(certificate));
        }
        return value(payload, "cabundle").replacedBy(payload, array);
    }

    private static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
