package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two enclaves and a host between them, which passes on to the second whatever the brokers and the first one say. */
@Tag("ATT-4")
@DisplayName("ATT-4: everything relayed to a second enclave")
class RelayAttackTest {
    private static final TestRun RUN = new TestRun();
    private static final List<PartyId> PARTIES = List.of(SampleTemplates.RETAILER, SampleTemplates.PUBLISHER);

    @AfterAll
    static void stop() {
        RUN.close();
    }

    /** What a relay holds in the end: all that was said between one enclave and both brokers. */
    private record Relayed(Map<PartyId, PrepareRequest> prepares, List<Jws> grants, Map<PartyId, Jws> releases) {}

    @Test
    void theSecondEnclaveOpensNoneOfTheReleases() throws Exception {
        var wish = RUN.wish();
        var first = new TestEnclave(wish);
        var second = new TestEnclave(wish);

        var relayed = relay(wish, first);

        assertThat(keysOf(second, relayed)).isZero();
        assertThat(keysOf(first, relayed)).isEqualTo(2);
    }

    /** It asks by itself with what it was passed: the first one's documents, grants, or a mixture with its own. */
    @Test
    void theSecondEnclaveGetsNothingForTheFirstOnesPapers() throws Exception {
        var wish = RUN.wish();
        var second = new TestEnclave(wish);
        var relayed = relay(wish, new TestEnclave(wish));
        var own = RUN.grants(wish, second);

        for (var prepare : relayed.prepares().entrySet()) {
            assertThat(Outcomes.of(() -> RUN.broker(prepare.getKey()).prepare(prepare.getValue())))
                    .isEqualTo("CHALLENGE_UNKNOWN");
        }
        var mixtures = List.of(
                List.of(relayed.grants().getFirst(), own.getLast()),
                List.of(own.getFirst(), relayed.grants().getLast()));
        for (var mixture : mixtures) {
            for (var party : PARTIES) {
                assertThat(Outcomes.of(() -> RUN.broker(party).commit(new CommitRequest(mixture))))
                        .isEqualTo("GRANTS_REFUSED");
            }
        }
        // Brokers answer the first one's grants again, to the first one.
        Map<PartyId, Jws> again = new LinkedHashMap<>();
        for (var party : PARTIES) {
            again.put(party, RUN.broker(party).commit(new CommitRequest(relayed.grants())));
        }
        assertThat(keysOf(second, new Relayed(relayed.prepares(), relayed.grants(), again)))
                .isZero();
    }

    /** The challenge is passed on before the first enclave answers it; the second is the attacker's. */
    @Test
    void anEnclaveOfTheAttackersAnswersNoChallenge() throws Exception {
        var wish = RUN.wish();
        var broker = RUN.retailer.broker;

        assertThat(answered(wish, new TestEnclave(wish).on(TestPlatform.at(RUN.retailer.now()))))
                .isEqualTo("EVIDENCE_REFUSED UNKNOWN_ROOT");
        assertThat(answered(wish, new TestEnclave(wish).running(TestClaims.measurement("attacker"))))
                .isEqualTo("MEASUREMENT_NOT_ACCEPTED");
        assertThat(answered(wish, new TestEnclave(wish).saying(TestClaims::debug)))
                .isEqualTo("EVIDENCE_REFUSED DEBUG_MODE");

        // The first one's document under cover of the second one's request.
        var challenge = broker.challenge(RUN.room.bundle.room(), wish.signed());
        var other = RUN.wish();
        var genuine = new TestEnclave(wish).prepare(challenge, RUN.retailer.now());
        var cover = new TestEnclave(other).prepare(challenge, RUN.retailer.now());
        assertThat(Outcomes.of(() ->
                        broker.prepare(Prepares.evidence(genuine.evidence()).apply(cover))))
                .isEqualTo("RUN_REQUEST_REFUSED");
    }

    /** The control: a second enclave that the relay lets answer for itself is an enclave like any other. */
    @Test
    void aSecondEnclaveThatAnswersForItselfGetsItsKeys() throws Exception {
        var wish = RUN.wish();
        var second = new TestEnclave(wish);

        relay(wish, new TestEnclave(wish));

        assertThat(keysOf(second, relay(wish, second))).isEqualTo(2);
    }

    private static Relayed relay(Wish wish, TestEnclave enclave) throws Exception {
        Map<PartyId, PrepareRequest> prepares = new LinkedHashMap<>();
        List<Jws> grants = new ArrayList<>();
        for (var party : PARTIES) {
            var prepare = RUN.request(party, wish, enclave);
            prepares.put(party, prepare);
            grants.add(RUN.broker(party).prepare(prepare));
        }
        Map<PartyId, Jws> releases = new LinkedHashMap<>();
        for (var party : PARTIES) {
            releases.put(party, RUN.broker(party).commit(new CommitRequest(grants)));
        }
        return new Relayed(prepares, grants, releases);
    }

    private static String answered(Wish wish, TestEnclave enclave) throws Exception {
        return Outcomes.of(() -> RUN.retailer.broker.prepare(RUN.request(SampleTemplates.RETAILER, wish, enclave)));
    }

    /** How many datasets' keys an enclave gets out of what was relayed. */
    private static int keysOf(TestEnclave enclave, Relayed relayed) throws Exception {
        var grants = Grants.verify(relayed.grants(), RUN.brokers());
        var keys = 0;
        for (var release : relayed.releases().entrySet()) {
            var broker = RUN.room.party(release.getKey()).broker().verificationKey();
            try (var secrets = Release.read(release.getValue(), broker).open(enclave.key, grants)) {
                keys += secrets.seed().party().equals(release.getKey()) ? 1 : 0;
            } catch (Malformed e) {
                // Sealed to somebody else.
            }
        }
        return keys;
    }
}
