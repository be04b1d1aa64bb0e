package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.Measurements.Input;
import dev.parley.image.Measurements.Registers;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MeasurementsTest {
    private static final Sha384Digest DIGEST = Sha384Digest.of(Bytes.utf8("image"));
    private static final Measurements MEASUREMENTS = new Measurements(
            new Registers(new Measurement(DIGEST, DIGEST, DIGEST), Pcrs.zero()),
            List.of(new Input("app.jar", DIGEST)),
            List.of(),
            "25.0.1+8-LTS",
            Optional.of(DIGEST));

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(Measurements.parse(MEASUREMENTS.canonical())).isEqualTo(MEASUREMENTS);
        assertThat(MEASUREMENTS.signedBy(DIGEST).registers())
                .isEqualTo(new Registers(new Measurement(DIGEST, DIGEST, DIGEST), DIGEST));
    }

    @Test
    void isTheTextOfItsSpecification() {
        var hex = DIGEST.hex();
        assertThat(new String(MEASUREMENTS.canonical().toArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"jars\":[{\"name\":\"app.jar\",\"sha384\":\"HEX\"}],\"jdk\":\"25.0.1+8-LTS\","
                        .concat("\"libraries\":[],\"measurement\":{\"pcr0\":\"HEX\",\"pcr1\":\"HEX\",\"pcr2\":\"HEX\",")
                        .concat("\"pcr8\":\"ZERO\"},\"parley\":\"image-measurements/1\",\"sbom\":\"HEX\"}")
                        .replace("HEX", hex)
                        .replace("ZERO", "00".repeat(48)));
    }

    /** A changed digit, name or version is another statement; a changed anything else is none. */
    @Test
    void readsNothingButItsOwnBytes() {
        var good = MEASUREMENTS.canonical().toArray();
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            var bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            var changed = Bytes.takeOwnershipOf(bytes);
            try {
                assertThat(Measurements.parse(changed).canonical()).isEqualTo(changed);
            } catch (Malformed e) {
                assertThat(e).hasMessageNotContaining(DIGEST.hex());
            }
        }
    }

    @Test
    void refusesTheRoomsFile() {
        var room = Bytes.utf8("{\"parley\":\"measurements/1\"}");

        assertThatThrownBy(() -> Measurements.parse(room)).hasMessageContaining("image-measurements/1");
    }
}
