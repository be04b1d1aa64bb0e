package dev.parley.web.release;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host has a genuine document, and a key of its own that it would rather have the answer sealed to. */
@Tag("ATT-2")
@DisplayName("ATT-2: a genuine document with the attacker's key")
class ForeignKeyAttackTest {
    private static final TestRun RUN = new TestRun();
    private static final OpeningKey ATTACKER = OpeningKey.generate(new SecureRandom());
    private static final Bytes ATTACKERS_POINT = ATTACKER.sealingKey().point();

    @AfterAll
    static void stop() {
        RUN.close();
    }

    /** There is no place for a key but the document. */
    @Test
    void aRequestThatNamesAKeyBesideItsDocumentIsNoRequest() throws Exception {
        var wish = RUN.wish();
        var honest = RUN.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish));

        for (var member : List.of("enclaveKey", "public_key", "publicKey", "key")) {
            var with = Json.object();
            Json.parse(honest.print()).asObject().members().forEach(with::put);
            var body = with.put(member, ATTACKERS_POINT).build().canonical();
            assertThatThrownBy(() -> PrepareRequest.parse(body)).isInstanceOf(Malformed.class);
        }
        assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(PrepareRequest.parse(honest.print()))))
                .isEqualTo("OK");
    }

    @Test
    void theAttackersKeyWrittenIntoTheDocumentBreaksItsSignature() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var honest = RUN.request(SampleTemplates.RETAILER, wish, enclave);
        var bytes = honest.evidence().toArray();
        var from = indexOf(bytes, enclave.key.sealingKey().point().toArray());
        System.arraycopy(ATTACKERS_POINT.toArray(), 0, bytes, from, ATTACKERS_POINT.size());
        var swapped = Prepares.evidence(Bytes.copyOf(bytes)).apply(honest);

        assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(swapped))).isEqualTo("EVIDENCE_REFUSED BAD_SIGNATURE");
        assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(honest))).isEqualTo("OK");
    }

    @Test
    void grantsThatNameTheAttackersKeyAreNobodys() throws Exception {
        var wish = RUN.wish();
        var grants = RUN.grants(wish, new TestEnclave(wish));
        var attackers = RUN.room.party(SampleTemplates.PUBLISHER).run();
        var broker = RUN.room.sample.retailer().broker();
        var own = Grant.read(grants.getFirst(), broker.verificationKey());
        var redirected = new Grant(
                own.party(), own.run(), ATTACKER.sealingKey(), own.seedCommitment(), own.charge(), own.expires());

        assertThat(commit(List.of(redirected.sign(attackers), grants.getLast())))
                .isEqualTo("GRANTS_REFUSED");
        // Even under the broker's own key: it set nothing aside for such a grant.
        assertThat(commit(List.of(redirected.sign(broker), grants.getLast()))).isEqualTo("GRANTS_REFUSED");
        assertThat(commit(grants)).isEqualTo("OK");
    }

    /** Everything that crosses the host, in both directions, with both brokers. */
    @Test
    void whoeverCarriesARunHoldsCiphertextAlone() throws Exception {
        var wish = RUN.wish();
        var enclave = new TestEnclave(wish);
        var carried = new StringBuilder();
        List<Jws> grants = RUN.grants(wish, enclave);
        grants.forEach(grant -> carried.append(grant.compact()));
        for (var party : List.of(SampleTemplates.RETAILER, SampleTemplates.PUBLISHER)) {
            carried.append(text(RUN.request(party, wish, enclave).print()));
            var release = RUN.broker(party).commit(new CommitRequest(grants));
            carried.append(release.compact());
            carried.append(text(release.unverifiedPayload()));

            assertThat(opens(party, release, ATTACKER, grants)).isFalse();
            assertThat(opens(party, release, enclave.key, grants)).isTrue();
        }

        var key = TestRoom.datasetKey(wish.manifests().getFirst().version());
        assertThat(forms(key)).noneMatch(carried.toString()::contains);
        assertThat(forms(key)).anyMatch(("x" + HexFormat.of().formatHex(key))::contains);
    }

    /** The control: where the document itself names the attacker's key, the keys are the attacker's. */
    @Test
    void theKeyThatTheDocumentNamesIsTheOneThatOpens() throws Exception {
        var wish = RUN.wish();
        var theirs = new TestEnclave(wish).saying(c -> c.publicKey(ATTACKERS_POINT));
        var grants = RUN.grants(wish, theirs);

        var release = RUN.broker(SampleTemplates.RETAILER).commit(new CommitRequest(grants));

        assertThat(opens(SampleTemplates.RETAILER, release, ATTACKER, grants)).isTrue();
        assertThat(opens(SampleTemplates.RETAILER, release, theirs.key, grants)).isFalse();
    }

    private static String commit(List<Jws> grants) throws Exception {
        return Outcomes.of(() -> RUN.retailer.broker.commit(new CommitRequest(grants)));
    }

    private static boolean opens(PartyId party, Jws release, OpeningKey key, List<Jws> grants) throws Exception {
        try {
            Release.read(release, RUN.room.party(party).broker().verificationKey())
                    .open(key, Grants.verify(grants, RUN.brokers()))
                    .close();
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    private static List<String> forms(byte[] secret) {
        return Stream.of(
                        new String(secret, ISO_8859_1),
                        HexFormat.of().formatHex(secret),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
                .toList();
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), ISO_8859_1);
    }

    private static int indexOf(byte[] whole, byte[] part) {
        var at = new String(whole, ISO_8859_1).indexOf(new String(part, ISO_8859_1));
        assertThat(at).isNotNegative();
        return at;
    }
}
