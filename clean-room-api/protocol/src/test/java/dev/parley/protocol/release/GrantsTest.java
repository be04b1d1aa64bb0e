package dev.parley.protocol.release;

import static dev.parley.protocol.release.ReleaseScene.PUBLISHER;
import static dev.parley.protocol.release.ReleaseScene.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.encoding.Malformed;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private final ReleaseScene scene = new ReleaseScene();

    @Test
    void acceptsOneGrantOfEachPartyInAnyOrder() throws Exception {
        var grants = Grants.verify(scene.grants(), scene.brokerKeys());
        var reversed = Grants.verify(scene.grants().reversed(), scene.brokerKeys());

        assertThat(grants.run()).isEqualTo(scene.run);
        assertThat(grants.enclaveKey()).isEqualTo(scene.enclave.sealingKey());
        assertThat(reversed.digest()).isEqualTo(grants.digest());
        assertThat(reversed.seedCommitments()).isEqualTo(grants.seedCommitments());
    }

    @Test
    void refusesAMissingAndADoubledParty() {
        var retailer = scene.grants().getFirst();

        assertThatThrownBy(() -> Grants.verify(List.of(retailer), scene.brokerKeys()))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Grants.verify(List.of(retailer, retailer), scene.brokerKeys()))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refusesAGrantThatAnotherPartysBrokerSigned() {
        var forged = scene.grant(RETAILER).sign(scene.broker(PUBLISHER));
        var publisher = scene.grant(PUBLISHER).sign(scene.broker(PUBLISHER));

        assertThatThrownBy(() -> Grants.verify(List.of(forged, publisher), scene.brokerKeys()))
                .isInstanceOf(BadSignature.class);
    }

    @Test
    void refusesGrantsForTwoEnclaves() {
        var other = OpeningKey.generate(new SecureRandom()).sealingKey();
        var grant = scene.grant(PUBLISHER);
        var diverted =
                new Grant(PUBLISHER, grant.run(), other, grant.seedCommitment(), grant.charge(), grant.expires());
        var signed = List.of(scene.grants().getFirst(), diverted.sign(scene.broker(PUBLISHER)));

        assertThatThrownBy(() -> Grants.verify(signed, scene.brokerKeys())).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesGrantsOfPartiesThatTheRunDoesNotConcern() {
        var retailerOnly = Map.of(RETAILER, scene.broker(RETAILER).verificationKey());

        assertThatThrownBy(() -> Grants.verify(scene.grants(), retailerOnly)).isInstanceOf(BadSignature.class);
    }
}
