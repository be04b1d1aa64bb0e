package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two brokers, each on its own database, and an enclave that asks both. */
class KeyBrokerTest {
    private static final TestRun RUN = new TestRun();

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void releasesKeysAndSeedsToAnAttestedEnclave() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var grants = RUN.grants(wish, enclave);

        var keys = new java.util.HashMap<String, byte[]>();
        for (var party : List.of(SampleTemplates.RETAILER, SampleTemplates.PUBLISHER)) {
            var release = RUN.broker(party).commit(new CommitRequest(grants));
            try (var secrets = open(party, release, enclave, grants)) {
                var dataset = wish.manifests().stream()
                        .filter(m -> m.party().equals(party))
                        .findFirst()
                        .orElseThrow();
                keys.put(dataset.dataset().value(), secrets.exportKey(dataset.dataset()));
                assertThat(secrets.seed().party()).isEqualTo(party);
            }
        }

        var version = wish.manifests().getFirst().version();
        assertThat(keys).containsOnlyKeys("customers", "exposures");
        assertThat(keys.values()).allSatisfy(key -> assertThat(key).isEqualTo(TestRoom.datasetKey(version)));
    }

    @Test
    void givesTheSameQueryTheSameSeedAndAnotherQueryAnother() throws Exception {
        var wish = RUN.wish();

        var first = RUN.grants(wish, new TestEnclave(wish));
        var again = RUN.grants(wish, new TestEnclave(wish));
        var other = RUN.wish();
        var different = RUN.grants(other, new TestEnclave(other));

        assertThat(verify(first).seedCommitments()).isEqualTo(verify(again).seedCommitments());
        assertThat(verify(first).seedCommitments())
                .isNotEqualTo(verify(different).seedCommitments());
    }

    /** Nothing outside the attested key opens a release: whoever carries it holds ciphertext. */
    @Test
    void sealsToTheAttestedKeyAlone() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var grants = RUN.grants(wish, enclave);
        var release = RUN.broker(SampleTemplates.RETAILER).commit(new CommitRequest(grants));
        var stranger = new TestEnclave(wish);

        assertThat(opens(SampleTemplates.RETAILER, release, stranger, grants)).isFalse();
        assertThat(opens(SampleTemplates.RETAILER, release, enclave, grants)).isTrue();
    }

    @Test
    void answersTheSameCommitAgain() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var grants = RUN.grants(wish, enclave);
        var broker = RUN.broker(SampleTemplates.RETAILER);

        broker.commit(new CommitRequest(grants));
        var again = broker.commit(new CommitRequest(grants));

        assertThat(opens(SampleTemplates.RETAILER, again, enclave, grants)).isTrue();
    }

    @Test
    void remembersTheLargestHeadThatItSaw() throws Exception {
        var wish = RUN.wish();
        RUN.grants(wish, new TestEnclave(wish));
        RUN.room.grow(3);
        var next = RUN.wish();
        RUN.grants(next, new TestEnclave(next));

        var challenge = RUN.broker(SampleTemplates.RETAILER).challenge(RUN.room.bundle.room(), next.signed());

        assertThat(new String(challenge.unverifiedPayload().toArray(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(RUN.room.log.head().root().hex());
    }

    private static Grants verify(List<Jws> grants) throws BadSignature, Malformed {
        return Grants.verify(
                grants,
                Map.of(
                        SampleTemplates.RETAILER,
                                RUN.room.sample.retailer().broker().verificationKey(),
                        SampleTemplates.PUBLISHER,
                                RUN.room.sample.publisher().broker().verificationKey()));
    }

    private static dev.parley.protocol.release.ReleaseSecrets open(
            PartyId party, Jws release, TestEnclave enclave, List<Jws> grants) throws BadSignature, Malformed {
        return Release.read(release, RUN.room.party(party).broker().verificationKey())
                .open(enclave.key, verify(grants));
    }

    private static boolean opens(PartyId party, Jws release, TestEnclave enclave, List<Jws> grants)
            throws BadSignature {
        try {
            open(party, release, enclave, grants).close();
            return true;
        } catch (Malformed e) {
            return false;
        }
    }
}
