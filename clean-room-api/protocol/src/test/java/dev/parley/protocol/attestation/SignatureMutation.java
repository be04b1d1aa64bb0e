package dev.parley.protocol.attestation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

/**
 * Changes of r ‖ s under an unchanged payload. Not among them is (r, n − s): that twin is a signature of the same
 * payload by the same key, and the specification demands that it is accepted (§3).
 */
enum SignatureMutation {
    FLIPPED_BIT {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            var changed = signature.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            return changed;
        }
    },
    OF_ANOTHER_DOCUMENT {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            return other.clone();
        }
    },
    HALF_OF_ANOTHER {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            return withHalf(random, signature, Arrays.copyOf(other, 48));
        }
    },
    SWAPPED_HALVES {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            var swapped = Arrays.copyOfRange(signature, 48, 144);
            System.arraycopy(signature, 0, swapped, 48, 48);
            return swapped;
        }
    },
    OUT_OF_RANGE {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            var half = N.add(BigInteger.valueOf(random.nextInt(1_000))).toByteArray();
            return withHalf(random, signature, random.nextInt(4) == 0 ? new byte[48] : Arrays.copyOfRange(half, 1, 49));
        }
    },
    OTHER_R {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            var r = N.subtract(new BigInteger(1, Arrays.copyOf(signature, 48))).toByteArray();
            var changed = signature.clone();
            Arrays.fill(changed, 0, 48, (byte) 0);
            var length = Math.min(48, r.length);
            System.arraycopy(r, r.length - length, changed, 48 - length, length);
            return changed;
        }
    },
    NOISE {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            var noise = new byte[96];
            random.nextBytes(noise);
            return noise;
        }
    },
    OTHER_LENGTH {
        @Override
        byte[] apply(Random random, byte[] signature, byte[] other) {
            return Arrays.copyOf(signature, random.nextBoolean() ? random.nextInt(96) : 97 + random.nextInt(40));
        }
    };

    private static final BigInteger N = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);

    abstract byte[] apply(Random random, byte[] signature, byte[] other);

    private static byte[] withHalf(Random random, byte[] signature, byte[] half) {
        var changed = signature.clone();
        System.arraycopy(half, 0, changed, random.nextBoolean() ? 0 : 48, 48);
        return changed;
    }
}
