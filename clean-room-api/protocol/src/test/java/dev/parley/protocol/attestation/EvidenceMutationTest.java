package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is done to good evidence, it is refused, and nothing but a verdict comes back. */
class EvidenceMutationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);
    private static final byte[] GOOD =
            PLATFORM.attest(TestClaims.at(NOW).build()).document().toArray();

    private final AttestationVerifier verifier = PLATFORM.verifier();

    @Test
    void refusesTenThousandChangesOfASingleByte() {
        var random = new Random(20260301);
        assertThat(accepts(GOOD)).isTrue();

        for (var i = 0; i < 10_000; i++) {
            var changed = GOOD.clone();
            var at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 + random.nextInt(255));
            assertThat(accepts(changed)).as("byte " + at).isFalse();
        }
    }

    /** These bytes lie outside every signature: what the JDK masks or ignores would be accepted here. */
    @Test
    void refusesEveryChangeOfTheBytesAroundACertificatesSignature() throws Refused {
        for (var role : Role.values()) {
            var der = PLATFORM.certificate(role).toArray();
            var from = indexOf(GOOD, der);
            var signature = from
                    + der.length
                    - Certificate.parse(Bytes.copyOf(der)).x509().getSignature().length;
            // The length of the whole; the algorithm; the heads of the bit string and of the two numbers' sequence.
            IntStream.range(from, from + 4).forEach(this::refusesEveryValue);
            IntStream.range(signature - 15, signature + 4).forEach(this::refusesEveryValue);
        }
    }

    @Test
    void refusesEveryTruncationAndEveryExtension() {
        for (var length = 0; length < GOOD.length; length++) {
            assertThat(accepts(Arrays.copyOf(GOOD, length))).isFalse();
        }
        assertThat(accepts(Arrays.copyOf(GOOD, GOOD.length + 1))).isFalse();
        assertThat(accepts(new byte[Evidence.MAX_SIZE + 1])).isFalse();
    }

    @Test
    void arbitraryBytesAreRefusedAndNeverThrow() {
        var random = new Random(42);

        for (var i = 0; i < 100_000; i++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(accepts(noise)).isFalse();
        }
    }

    @Test
    void splicedRepeatedAndRemovedPiecesAreRefusedAndNeverThrow() {
        var random = new Random(43);

        for (var i = 0; i < 10_000; i++) {
            var changed = splice(random);
            assertThat(Arrays.equals(changed, GOOD) || !accepts(changed)).isTrue();
        }
    }

    /** Signed again after the damage, so that only the reader and the chain stand in the way. */
    @Test
    void damagedPayloadsAreRefusedOrSayWhatWasSignedAndNeverThrow() throws Refused {
        var random = new Random(44);
        var payload =
                CoseSign1.parse(new Evidence(Bytes.copyOf(GOOD))).payload().toArray();
        var accepted = 0;

        for (var i = 0; i < 1_000; i++) {
            var changed = payload.clone();
            for (var n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            var evidence = AttestationDocument.sign(Bytes.takeOwnershipOf(changed), PLATFORM::sign);
            var verdict = verifier.verifyArchived(evidence);
            if (verdict.trusted().isPresent()) {
                accepted++;
                var claims = verdict.trusted().get().claims();
                assertThat(PLATFORM.document(claims).payload()).isEqualTo(Bytes.copyOf(changed));
            }
        }

        assertThat(accepted).isBetween(1, 500);
    }

    private static byte[] splice(Random random) {
        var from = random.nextInt(GOOD.length);
        var length = random.nextInt(Math.min(600, GOOD.length - from));
        var to = random.nextInt(GOOD.length);
        var piece = Arrays.copyOfRange(GOOD, from, from + length);
        return switch (random.nextInt(3)) {
            case 0 -> join(Arrays.copyOf(GOOD, to), piece, Arrays.copyOfRange(GOOD, to, GOOD.length));
            case 1 ->
                join(Arrays.copyOf(GOOD, from), new byte[0], Arrays.copyOfRange(GOOD, from + length, GOOD.length));
            default -> join(Arrays.copyOf(GOOD, to), piece, new byte[0]);
        };
    }

    private static byte[] join(byte[] first, byte[] second, byte[] third) {
        var joined = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        System.arraycopy(third, 0, joined, first.length + second.length, third.length);
        return joined;
    }

    private void refusesEveryValue(int at) {
        for (var difference = 1; difference < 256; difference++) {
            var changed = GOOD.clone();
            changed[at] ^= (byte) difference;
            assertThat(accepts(changed)).as("byte " + at).isFalse();
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (var at = 0; at <= whole.length - part.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("the part is not there");
    }

    private boolean accepts(byte[] document) {
        return verifier.verifyArchived(new Evidence(Bytes.copyOf(document)))
                .trusted()
                .isPresent();
    }
}
