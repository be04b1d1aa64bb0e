package dev.parley.protocol.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatasetManifestTest {
    private static final SigningKey STEWARD = SigningKey.generate(new SecureRandom());
    private static final SealedVersion VERSION =
            new SealedVersion(new RoomId("spring"), new DatasetId("customers"), 3, new PartyId("retailer"));
    private static final Schema SCHEMA = new Schema(List.of(
            new Schema.Column("email", new ColumnType.Identity()),
            new Schema.Column("spend", new ColumnType.Decimal(2))));
    private static final DatasetManifest MANIFEST = new DatasetManifest(
            VERSION,
            new LineageId("shoppers"),
            TrustDomain.SIMULATED,
            SCHEMA,
            new SealedCiphertext(
                    16_500,
                    new CiphertextDigest(Sha256Digest.of(Bytes.utf8("ciphertext"))),
                    Bytes.copyOf(new byte[24]),
                    Bytes.copyOf(new byte[32])),
            Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void isReadBackFromItsSignature() throws Exception {
        var compact = MANIFEST.sign(STEWARD).compact();

        var read = DatasetManifest.read(Jws.parse(compact), STEWARD.verificationKey());

        assertThat(read).isEqualTo(MANIFEST);
        assertThat(read.digest()).isEqualTo(MANIFEST.digest());
        assertThat(DatasetManifest.unverifiedClaim(Jws.parse(compact))).isEqualTo(VERSION);
    }

    @Test
    void keepsItsBytes() {
        assertThat(new String(MANIFEST.json().canonical().toArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"ciphertext\":{\"commitment\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
                        + "\"digest\":\"" + MANIFEST.ciphertext().digest().hex() + "\",\"length\":\"16500\","
                        + "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},\"createdAt\":\"2026-01-02T03:04:05Z\","
                        + "\"dataset\":\"customers\",\"lineage\":\"shoppers\",\"parley\":\"dataset-manifest/1\","
                        + "\"party\":\"retailer\",\"room\":\"spring\",\"schema\":{\"columns\":[{\"name\":\"email\","
                        + "\"type\":\"identity\"},{\"name\":\"spend\",\"type\":\"decimal(2)\"}],"
                        + "\"parley\":\"schema/1\"},\"schemaDigest\":\""
                        + SCHEMA.digest().hex() + "\","
                        + "\"trustDomain\":\"simulated\",\"version\":3}");
    }

    @Test
    void refusesTenThousandSingleByteChanges() {
        var compact = MANIFEST.sign(STEWARD).compact().getBytes(StandardCharsets.ISO_8859_1);
        var random = new Random(1);
        var accepted = 0;

        for (var i = 0; i < 10_000; i++) {
            var changed = compact.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            accepted += accepts(new String(changed, StandardCharsets.ISO_8859_1)) ? 1 : 0;
        }

        assertThat(accepted).isZero();
        assertThat(accepts(new String(compact, StandardCharsets.ISO_8859_1))).isTrue();
    }

    @Test
    void refusesAnotherStewardsKey() {
        var other = SigningKey.generate(new SecureRandom()).verificationKey();

        assertThatThrownBy(() -> DatasetManifest.read(MANIFEST.sign(STEWARD), other))
                .isInstanceOf(BadSignature.class);
    }

    @Test
    void refusesASchemaDigestOfAnotherSchema() {
        var members = new LinkedHashMap<>(MANIFEST.json().members());
        members.put("schemaDigest", new Json.Str("00".repeat(48)));

        assertThatThrownBy(() -> DatasetManifest.parse(new Json.Obj(members)))
                .isInstanceOf(Malformed.class)
                .hasMessage("schemaDigest is not that of the schema");
    }

    @Test
    void refusesMembersThatAreMissingOrUnknown() {
        for (var name : MANIFEST.json().members().keySet()) {
            var members = new LinkedHashMap<>(MANIFEST.json().members());
            members.remove(name);
            assertThatThrownBy(() -> DatasetManifest.parse(new Json.Obj(members)))
                    .isInstanceOf(Malformed.class);
        }
        var members = new LinkedHashMap<>(MANIFEST.json().members());
        members.put("rows", new Json.Int(10));
        assertThatThrownBy(() -> DatasetManifest.parse(new Json.Obj(members))).isInstanceOf(Malformed.class);
    }

    @Test
    void wrapsItsKeyToOneBrokerForOneVersion() throws Exception {
        var broker = OpeningKey.generate(new SecureRandom());
        try (var key = DatasetKey.generate(new SecureRandom())) {
            var wrapped = WrappedDatasetKey.wrap(key, VERSION, broker.sealingKey());
            var next = new SealedVersion(VERSION.room(), VERSION.dataset(), 4, VERSION.party());
            var other = new SealedVersion(VERSION.room(), VERSION.dataset(), 3, new PartyId("publisher"));

            var opened = WrappedDatasetKey.parse(wrapped.json()).unwrap(broker);

            assertThat(opened.useSecret(byte[]::clone)).isEqualTo(key.useSecret(byte[]::clone));
            for (var swapped : List.of(next, other)) {
                var forged = new WrappedDatasetKey(swapped, wrapped.broker(), wrapped.wrapped());
                assertThatThrownBy(() -> forged.unwrap(broker)).isInstanceOf(Malformed.class);
            }
            assertThatThrownBy(() -> wrapped.unwrap(OpeningKey.generate(new SecureRandom())))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void forgetsAClosedKey() {
        var secret = new byte[DatasetKey.SIZE];
        new SecureRandom().nextBytes(secret);
        var key = DatasetKey.takeOwnershipOf(secret);

        key.close();

        assertThat(secret).containsOnly(0);
        assertThat(key).hasToString("DatasetKey[secret]");
        assertThatThrownBy(() -> key.useSecret(byte[]::clone)).isInstanceOf(IllegalStateException.class);
    }

    private static boolean accepts(String compact) {
        try {
            return DatasetManifest.read(Jws.parse(compact), STEWARD.verificationKey())
                    .equals(MANIFEST);
        } catch (Malformed | BadSignature e) {
            return false;
        }
    }
}
