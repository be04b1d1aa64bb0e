package dev.parley.local.room;

import dev.parley.local.state.StateFolder;
import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.LogKeyView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The working copy of an example room: its policy files as compliance wrote them, with this installation's keys,
 * measurements and addresses filled in where the example has placeholders.
 */
final class RoomFiles {
    /** Addresses that the example names for its brokers and its log. */
    private static final Map<String, String> EXAMPLE_BROKERS =
            Map.of("retailer", "http://127.0.0.1:8710", "publisher", "http://127.0.0.1:8720");

    private static final String EXAMPLE_LOG = "log.parley.example/retail-media";
    private static final int DAYS_ACCEPTED = 365;

    private final StateFolder folder;

    private RoomFiles(StateFolder folder) {
        this.folder = folder;
    }

    static RoomFiles copy(Path example, StateFolder folder) throws IOException {
        try (var files = Files.walk(example)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = folder.path().resolve(example.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new RoomFiles(folder);
    }

    Path path() {
        return folder.path();
    }

    /** Where the parties put their public keys. */
    Path keys() throws IOException {
        return Files.createDirectories(folder.path().resolve("keys"));
    }

    void nameBrokers(Map<String, URI> brokers) throws IOException {
        for (var broker : brokers.entrySet()) {
            replace(
                    EXAMPLE_BROKERS.getOrDefault(broker.getKey(), ""),
                    broker.getValue().toString());
        }
    }

    /** The log's key as a JWK (RFC 8037). */
    void nameLog(LogKeyView log) throws IOException {
        replace(EXAMPLE_LOG, log.origin());
        var jwk = Json.object()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", log.publicKey())
                .build();
        Files.write(keys().resolve("log.jwk"), jwk.canonical().toArray());
    }

    /** Accepts the measured image, on the platform with that root. */
    void accept(Measurement image, Path rootCertificate, Instant now) throws IOException {
        var expires = now.truncatedTo(ChronoUnit.SECONDS).plus(DAYS_ACCEPTED, ChronoUnit.DAYS);
        var values = new ReferenceValues(
                TrustDomain.SIMULATED,
                Sha256Digest.of(Bytes.takeOwnershipOf(Files.readAllBytes(rootCertificate))),
                List.of(new AcceptedMeasurement(image.pcr0(), image.pcr1(), image.pcr2(), expires)));
        var file = Json.object().put("parley", "measurements/1");
        values.json().members().forEach(file::put);
        Files.write(
                folder.path().resolve("measurements.json"),
                file.build().canonical().toArray());
    }

    /** What the image's builder measured ({@code enclave-image.md} §6). */
    static Measurement measured(Path measurements) throws IOException {
        try {
            var file = Json.parse(Bytes.takeOwnershipOf(Files.readAllBytes(measurements)))
                    .asObject()
                    .fields();
            file.require("parley", "image-measurements/1");
            return Measurement.read(file.object("measurement"));
        } catch (Malformed malformed) {
            throw new IOException("cannot read " + measurements, malformed);
        }
    }

    private void replace(String example, String real) throws IOException {
        var file = folder.path().resolve("room.yaml");
        var text = Files.readString(file);
        if (example.isEmpty() || !text.contains(example)) {
            throw new IOException("the example room no longer names " + example + "; this program expects it to");
        }
        Files.writeString(file, text.replace(example, real));
    }
}
