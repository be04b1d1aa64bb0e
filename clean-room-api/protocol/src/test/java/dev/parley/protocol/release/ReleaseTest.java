package dev.parley.protocol.release;

import static dev.parley.protocol.release.ReleaseScene.PUBLISHER;
import static dev.parley.protocol.release.ReleaseScene.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final int MUTATIONS = 10_000;

    private final ReleaseScene scene = new ReleaseScene();
    private Grants grants;

    @BeforeEach
    void grant() throws Exception {
        grants = Grants.verify(scene.grants(), scene.brokerKeys());
    }

    @Test
    void givesTheEnclaveTheSeedAndTheKeys() throws Exception {
        var signed = Release.seal(RETAILER, grants, scene.secrets(RETAILER)).sign(scene.broker(RETAILER));

        var secrets =
                Release.read(signed, scene.broker(RETAILER).verificationKey()).open(scene.enclave, grants);

        assertThat(secrets.seed().exportSecret()).isEqualTo(scene.seed(RETAILER).exportSecret());
        assertThat(secrets.exportKey(new DatasetId("customers"))).hasSize(32).containsOnly(7);
        assertThatThrownBy(() -> secrets.exportKey(new DatasetId("exposures"))).isInstanceOf(Malformed.class);
    }

    @Test
    void opensForNoOtherEnclave() {
        var release = Release.seal(RETAILER, grants, scene.secrets(RETAILER));

        assertThatThrownBy(() -> release.open(OpeningKey.generate(new SecureRandom()), grants))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refusesASeedThatIsNotTheOneCommittedTo() {
        var other = Seed.derive(RETAILER, new byte[] {1}, scene.queryDigest);
        var secrets =
                ReleaseSecrets.takeOwnershipOf(other, new HashMap<>(Map.of(new DatasetId("customers"), new byte[32])));
        var release = Release.seal(RETAILER, grants, secrets);

        assertThatThrownBy(() -> release.open(scene.enclave, grants))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("committed");
    }

    @Test
    void refusesTheSecretsOfOnePartyInTheNameOfAnother() throws Exception {
        var sealed = Release.seal(RETAILER, grants, scene.secrets(RETAILER)).sealed();
        var swapped = new Release(PUBLISHER, grants.run(), grants.digest(), sealed);

        assertThatThrownBy(() -> swapped.open(scene.enclave, grants)).isInstanceOf(Malformed.class);
    }

    @Test
    void everySingleByteChangeToAReleaseIsRefused() {
        var signed = Release.seal(RETAILER, grants, scene.secrets(RETAILER)).sign(scene.broker(RETAILER));

        assertThat(refused(signed.compact(), 1)).isEqualTo(MUTATIONS);
        assertThat(opens(signed.compact())).isTrue();
    }

    @Test
    void everySingleByteChangeToAGrantIsRefused() {
        var signed = scene.grant(RETAILER).sign(scene.broker(RETAILER)).compact();
        var random = new Random(2);
        var refused = 0;

        for (var i = 0; i < MUTATIONS; i++) {
            refused += grantHolds(mutate(signed, random)) ? 0 : 1;
        }

        assertThat(refused).isEqualTo(MUTATIONS);
        assertThat(grantHolds(signed)).isTrue();
    }

    private int refused(String signed, long seed) {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < MUTATIONS; i++) {
            refused += opens(mutate(signed, random)) ? 0 : 1;
        }
        return refused;
    }

    private boolean opens(String compact) {
        try {
            Release.read(Jws.parse(compact), scene.broker(RETAILER).verificationKey())
                    .open(scene.enclave, grants)
                    .close();
            return true;
        } catch (BadSignature | Malformed e) {
            return false;
        }
    }

    private boolean grantHolds(String compact) {
        try {
            Grant.read(Jws.parse(compact), scene.broker(RETAILER).verificationKey());
            return true;
        } catch (BadSignature | Malformed e) {
            return false;
        }
    }

    private static String mutate(String text, Random random) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
