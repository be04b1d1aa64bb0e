package dev.parley.local.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.state.Checkout;
import dev.parley.local.state.StateFolder;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.LogKeyView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoomFilesTest {
    private static final Sha384Digest DIGEST = Sha384Digest.of(Bytes.utf8("image"));

    @TempDir
    Path temporary;

    private RoomFiles files;

    @BeforeEach
    void copy() throws Exception {
        var example = Checkout.find().path().resolve("policies/rooms/retail-media");
        files = RoomFiles.copy(example, StateFolder.open(temporary.resolve("room")));
    }

    @Test
    void namesTheAddressesOfThisInstallation() throws Exception {
        files.nameBrokers(Map.of(
                "retailer", URI.create("http://127.0.0.1:20001"), "publisher", URI.create("http://127.0.0.1:20002")));
        files.nameLog(
                new LogKeyView("parley.local/log", Bytes.utf8("k".repeat(32)).base64Url()));

        var room = Files.readString(files.path().resolve("room.yaml"));
        assertThat(room)
                .contains("http://127.0.0.1:20001", "http://127.0.0.1:20002", "parley.local/log")
                .doesNotContain("8710", "8720", "log.parley.example");
        assertThat(files.keys().resolve("log.jwk")).exists();
    }

    @Test
    void acceptsTheMeasuredImageUnderTheRootOfThePlatform() throws Exception {
        var root = Files.write(temporary.resolve("root.der"), new byte[] {1, 2, 3});

        files.accept(new Measurement(DIGEST, DIGEST, DIGEST), root, Instant.parse("2026-11-23T00:00:00Z"));

        var fields = Json.parse(
                        Bytes.takeOwnershipOf(Files.readAllBytes(files.path().resolve("measurements.json"))))
                .asObject()
                .fields();
        fields.require("parley", "measurements/1");
        var values = ReferenceValues.readMembers(fields);
        assertThat(values.trustDomain()).isEqualTo(TrustDomain.SIMULATED);
        assertThat(values.rootFingerprint()).isEqualTo(Sha256Digest.of(Bytes.copyOf(new byte[] {1, 2, 3})));
        assertThat(values.measurements()).singleElement().satisfies(accepted -> {
            assertThat(accepted.pcr0()).isEqualTo(DIGEST);
            assertThat(accepted.expires()).isEqualTo(Instant.parse("2027-11-23T00:00:00Z"));
        });
    }

    @Test
    void readsTheMeasurementsOfTheBuilder() throws Exception {
        var registers = Json.object()
                .put("pcr0", DIGEST.hex())
                .put("pcr1", DIGEST.hex())
                .put("pcr2", DIGEST.hex())
                .put("pcr8", "00".repeat(48))
                .build();
        var file = Json.object()
                .put("parley", "image-measurements/1")
                .put("measurement", registers)
                .build();
        var published =
                Files.write(temporary.resolve("enclave.json"), file.canonical().toArray());

        assertThat(RoomFiles.measured(published)).isEqualTo(new Measurement(DIGEST, DIGEST, DIGEST));
        assertThatThrownBy(() -> RoomFiles.measured(files.path().resolve("room.yaml")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void saysWhenTheExampleChangedItsPlaceholders() throws Exception {
        var brokers = Map.of("retailer", URI.create("http://127.0.0.1:20001"));
        files.nameBrokers(brokers);

        assertThatThrownBy(() -> files.nameBrokers(brokers)).isInstanceOf(IOException.class);
    }
}
