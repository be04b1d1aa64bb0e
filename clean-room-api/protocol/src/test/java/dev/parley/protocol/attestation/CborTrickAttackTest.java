package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads spelled by hand so that two readers could read two things, or one reader far too much. The platform really
 * signs each, so that nothing but the reading of CBOR stands in the way.
 */
@Tag("ATT-6")
@DisplayName("ATT-6: tricks of CBOR")
class CborTrickAttackTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);
    private static final String NONCE_KEY = "656e6f6e6365";
    private static final String KEY_KEY = "6a7075626c69635f6b6579";
    private static final String GOOD = PLATFORM.document(
                    TestClaims.at(NOW).nonce(Bytes.copyOf(new byte[32])).build())
            .payload()
            .hex();
    private static final String NONCE = NONCE_KEY + "5820" + "00".repeat(32);
    private static final String REGISTER_5 = "055830" + "00".repeat(48);

    /** What is replaced stands in the good payload once, or is meant at its first place. */
    static Stream<Arguments> tricks() {
        return Stream.of(
                trick("a key twice, the same value", NONCE, NONCE + NONCE),
                trick("a key twice, another value", NONCE, NONCE_KEY + "5820" + "11".repeat(32) + NONCE),
                trick("a register twice", REGISTER_5, "055830" + "11".repeat(48) + REGISTER_5),
                trick("a register in the place of another", REGISTER_5, "045830" + "00".repeat(48)),
                trick("registers in a map of indefinite length", "6470637273b0", "6470637273bf"),
                trick("certificates in an array of indefinite length", "636162756e646c6584", "636162756e646c659f"),
                trick(
                        "a nonce in chunks",
                        NONCE,
                        NONCE_KEY + "5f5810" + "00".repeat(16) + "5810" + "00".repeat(16) + "ff"),
                trick("a text in chunks", "66534841333834", "7f635348416333" + "3834ff"),
                trick("a longer length than needed", NONCE, NONCE_KEY + "590020" + "00".repeat(32)),
                trick("a length in eight bytes", NONCE, NONCE_KEY + "5b0000000000000020" + "00".repeat(32)),
                trick("a longer index than needed", REGISTER_5, "1805" + REGISTER_5.substring(2)),
                trick("an index in the other sign", REGISTER_5, "24" + REGISTER_5.substring(2)),
                trick("a string of half the memory", NONCE, NONCE_KEY + "5a7fffffff" + "00".repeat(32)),
                trick("a string of 2^63 bytes", NONCE, NONCE_KEY + "5b8000000000000000" + "00".repeat(32)),
                trick("an array of 2^64 entries", KEY_KEY + "f6", KEY_KEY + "9bffffffffffffffff"),
                trick("a map of 2^32 entries", "6470637273b0", "6470637273ba" + "ffffffff"),
                trick("ten thousand arrays", KEY_KEY + "f6", KEY_KEY + "81".repeat(10_000) + "f6"),
                trick("a tag", NONCE, NONCE_KEY + "c2" + "5820" + "00".repeat(32)),
                trick("a number as a tagged string", "1b0000019ca9450a00", "c24" + "80000019ca9450a00"),
                trick("a number as a float", "1b0000019ca9450a00", "fb42799ca9450a0000"),
                trick("undefined for null", KEY_KEY + "f6", KEY_KEY + "f7"),
                trick("a key of bytes", NONCE, "456e6f6e6365" + NONCE.substring(12)),
                trick("a text that is not UTF-8", "66534841333834", "66ff4841333834"),
                Arguments.of("something behind the map", GOOD + "00"),
                Arguments.of("a map that does not end", GOOD.substring(0, GOOD.length() - 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void refuses(String name, String payload) throws Malformed {
        assertThat(payload).isNotEqualTo(GOOD);
        assertThat(judged(payload).refusal())
                .get()
                .isIn(Reason.MALFORMED_PAYLOAD, Reason.WRONG_FIELDS, Reason.MALFORMED_PCRS);
    }

    @Test
    void acceptsThePayloadThatTheyWereMadeOf() throws Malformed {
        assertThat(judged(GOOD).trusted()).isPresent();
        assertThat(tricks()).hasSize(25);
    }

    private static Verdict<InspectedEvidence> judged(String payload) throws Malformed {
        var evidence = AttestationDocument.sign(Bytes.parseHex(payload), PLATFORM::sign);
        return PLATFORM.verifier().inspectAllowingDebug(evidence, Inspection.at(NOW));
    }

    private static Arguments trick(String name, String old, String by) {
        var at = GOOD.indexOf(old);
        assertThat(at).as(name).isNotNegative();
        return Arguments.of(name, GOOD.substring(0, at) + by + GOOD.substring(at + old.length()));
    }
}
