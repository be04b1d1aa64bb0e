package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.vectors.Vectors;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoseSign1Test {
    private static final Bytes PAYLOAD = Bytes.utf8("payload");
    private static final Bytes SIGNATURE = Bytes.copyOf(new byte[96]);

    @Test
    void readsWhatItWrites() throws Refused {
        var cose = new CoseSign1(PAYLOAD, SIGNATURE);

        var evidence = cose.encode();

        assertThat(evidence.document().hex()).startsWith("8444a1013822a047").contains("5860");
        assertThat(CoseSign1.parse(evidence)).isEqualTo(cose);
        assertThat(cose.toBeSigned().hex()).startsWith("846a5369676e61747572653144a10138224047");
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_ALGORITHM, 44a1013823, another algorithm",
        "WRONG_ALGORITHM, 43a10126, ES256",
        "WRONG_ALGORITHM, 40, none",
        "WRONG_ALGORITHM, 41a0, an empty map",
        "WRONG_ALGORITHM, 45a101390022, a longer spelling",
        "WRONG_ALGORITHM, 47a20138220441aa, a key id as well",
        "WRONG_ALGORITHM, a1013822, not wrapped",
        "MALFORMED_COSE, 5f44a1013822ff, in chunks",
    })
    void refusesProtectedHeadersOtherThanTheOne(Reason reason, String header) {
        assertThat(refusal("84" + header + "a047" + PAYLOAD.hex() + "5860" + SIGNATURE.hex()))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "TAGGED, d284, tag 18",
        "TAGGED, d184, tag 17",
        "TAGGED, d8188444, tag 24",
        "MALFORMED_COSE, 83, array of three",
        "MALFORMED_COSE, 85, array of five",
        "MALFORMED_COSE, 9f, indefinite array",
        "MALFORMED_COSE, 9804, long length",
        "MALFORMED_COSE, a2, map",
    })
    void refusesOtherOutsides(Reason reason, String start) {
        assertThat(refusal(start + "44a1013822" + "a047" + PAYLOAD.hex() + "5860" + SIGNATURE.hex()))
                .isEqualTo(reason);
    }

    @Test
    void refusesDetachedPayloadsAndUnprotectedHeaders() {
        assertThat(refusal("8444a1013822a0f65860" + SIGNATURE.hex())).isEqualTo(Reason.MALFORMED_COSE);
        assertThat(refusal("8444a1013822a0405860" + SIGNATURE.hex())).isEqualTo(Reason.MALFORMED_PAYLOAD);
        assertThat(refusal("8444a1013822a1044011" + "47" + PAYLOAD.hex() + "5860" + SIGNATURE.hex()))
                .isEqualTo(Reason.MALFORMED_COSE);
        assertThat(refusal("8444a1013822a10411" + "47" + PAYLOAD.hex() + "5860" + SIGNATURE.hex()))
                .isEqualTo(Reason.UNPROTECTED_HEADER);
    }

    @Test
    void refusesSignaturesOfOtherLengths() {
        for (var length : new int[] {0, 64, 95, 97, 104, 132}) {
            var signature = Cbor.of(Bytes.copyOf(new byte[length])).encode().hex();
            assertThat(refusal("8444a1013822a047" + PAYLOAD.hex() + signature)).isEqualTo(Reason.MALFORMED_SIGNATURE);
        }
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThat(refusal("")).isEqualTo(Reason.MALFORMED_COSE);
        assertThat(refusal("00".repeat(Evidence.MAX_SIZE + 1))).isEqualTo(Reason.TOO_LARGE);
    }

    /** Of the working group's examples one has ES384; it is tagged and names its key, so only its bytes to sign serve. */
    @Test
    void signsTheBytesThatTheWorkingGroupSigns() throws Exception {
        var example =
                Vectors.json("cose/cose-wg/ecdsa-examples/ecdsa-sig-02.json").asObject();
        var wanted = example.fields().object("intermediates").string("ToBeSign_hex");
        var plaintext = example.fields().object("input").string("plaintext");

        var signed = CoseSign1.toBeSigned(Bytes.utf8(plaintext)).hex();

        assertThat(HexFormat.of().withUpperCase().formatHex(HexFormat.of().parseHex(signed)))
                .isEqualTo(wanted);
    }

    /** They are tagged, or ES256, or carry other headers: a strict reader of evidence takes none of them. */
    @Test
    void refusesEveryExampleOfTheWorkingGroup() throws Exception {
        var seen = 0;
        for (var folder : new String[] {"ecdsa-examples", "sign1-tests", "sign-tests"}) {
            try (var files = Files.list(Vectors.folder().resolve("cose/cose-wg").resolve(folder))) {
                for (var file : files.toList()) {
                    var output = Vectors.json("cose/cose-wg/" + folder + "/" + file.getFileName())
                            .asObject()
                            .fields()
                            .object("output");
                    var document = Bytes.takeOwnershipOf(HexFormat.of().parseHex(output.string("cbor")));
                    assertThatThrownBy(() -> CoseSign1.parse(new Evidence(document)))
                            .as(file.toString())
                            .isInstanceOf(Refused.class);
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(27);
    }

    private static Reason refusal(String hex) {
        try {
            CoseSign1.parse(new Evidence(Bytes.parseHex(hex)));
            throw new AssertionError("was accepted");
        } catch (Refused refused) {
            return refused.reason();
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
