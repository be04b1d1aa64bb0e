package dev.parley.enclave.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Asked;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.enclave.scene.TestBroker;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.policy.sample.SampleParty;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two phases of the key release, with one statement that somebody forged, replayed, swapped or made for another. */
@Tag("ATT-9")
@Timeout(30)
class HostileReleaseTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Scene SCENE = Scene.create();
    private static final SampleParty VICTIM = SCENE.room().retailer();

    /** What both brokers said in an earlier run; apart, since its threads need this class to be initialised. */
    private static final class Earlier {
        private static final ScriptedHost RUN = earlier();
    }

    interface Forgery {
        Jws of(ScriptedHost host, Asked asked) throws Exception;
    }

    record Case(String name, Forgery forgery) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> grants() {
        return Stream.of(
                new Case(
                        "by another key",
                        (host, asked) -> grant(honestGrant(host, asked), SigningKey.generate(RANDOM))),
                new Case("by the party's run key", (host, asked) -> grant(honestGrant(host, asked), VICTIM.run())),
                new Case("for another enclave", (host, asked) -> {
                    var honest = honestGrant(host, asked);
                    var stranger = OpeningKey.generate(RANDOM).sealingKey();
                    return grant(
                            new Grant(
                                    honest.party(),
                                    honest.run(),
                                    stranger,
                                    honest.seedCommitment(),
                                    honest.charge(),
                                    honest.expires()),
                            VICTIM.broker());
                }),
                new Case("in the other party's name", (host, asked) -> {
                    var honest = honestGrant(host, asked);
                    return grant(
                            new Grant(
                                    SCENE.room().publisher().id(),
                                    honest.run(),
                                    honest.enclaveKey(),
                                    honest.seedCommitment(),
                                    honest.charge(),
                                    honest.expires()),
                            VICTIM.broker());
                }),
                new Case("of an earlier run", (host, asked) -> said(Earlier.RUN, "grant", VICTIM.id())),
                new Case(
                        "of the other party",
                        (host, asked) -> said(
                                Earlier.RUN, "grant", SCENE.room().publisher().id())),
                new Case(
                        "that is a challenge",
                        (host, asked) -> broker(host, VICTIM).challenge(host.handed.runRequest())));
    }

    @ParameterizedTest(name = "a grant {0}")
    @MethodSource("grants")
    void commitsToNothingOnAGrant(Case forged) throws Exception {
        var host = new TestRun(SCENE).against(instead("prepare", "grant", forged.forgery()));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "GRANTS_REFUSED"));
        assertThat(host.calls()).doesNotContain("commit", "read", "deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    static Stream<Case> releases() {
        return Stream.of(
                new Case(
                        "with another seed than was committed to",
                        (host, asked) -> broker(host, VICTIM)
                                .release(
                                        grants(host, asked),
                                        SCENE.random(32).toArray(),
                                        broker(host, VICTIM).keys())),
                new Case("by another key", (host, asked) -> {
                    var honest = honestRelease(host, asked);
                    return honest.sign(SigningKey.generate(RANDOM));
                }),
                new Case("with a changed byte", (host, asked) -> {
                    var honest = honestRelease(host, asked);
                    var sealed = honest.sealed().toArray();
                    sealed[sealed.length / 2] ^= 1;
                    return new Release(honest.party(), honest.run(), honest.grants(), Bytes.copyOf(sealed))
                            .sign(VICTIM.broker());
                }),
                new Case("in the other party's name", (host, asked) -> {
                    var honest = honestRelease(host, asked);
                    return new Release(SCENE.room().publisher().id(), honest.run(), honest.grants(), honest.sealed())
                            .sign(VICTIM.broker());
                }),
                new Case("of an earlier run", (host, asked) -> said(Earlier.RUN, "release", VICTIM.id())),
                new Case(
                        "of the other party",
                        (host, asked) -> said(
                                Earlier.RUN, "release", SCENE.room().publisher().id())),
                new Case("that is a grant", (host, asked) -> said(Earlier.RUN, "grant", VICTIM.id())));
    }

    @ParameterizedTest(name = "a release {0}")
    @MethodSource("releases")
    void opensNoDataOnARelease(Case forged) throws Exception {
        var host = new TestRun(SCENE).against(instead("commit", "release", forged.forgery()));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "RELEASE_REFUSED"));
        assertThat(host.calls()).doesNotContain("read", "deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    static Stream<Case> wrongKeys() {
        return Stream.of(
                new Case(
                        "without the dataset's key",
                        (host, asked) -> broker(host, VICTIM)
                                .release(
                                        grants(host, asked),
                                        broker(host, VICTIM).noiseKey(),
                                        Map.of())),
                new Case(
                        "with another key for the dataset",
                        (host, asked) -> broker(host, VICTIM)
                                .release(
                                        grants(host, asked),
                                        broker(host, VICTIM).noiseKey(),
                                        Map.of(
                                                SCENE.data()
                                                        .getFirst()
                                                        .manifest()
                                                        .dataset(),
                                                SCENE.random(32).toArray()))));
    }

    @ParameterizedTest(name = "a release {0}")
    @MethodSource("wrongKeys")
    void saysThatTheDatasetDoesNotOpenAfterARelease(Case forged) throws Exception {
        var host = new TestRun(SCENE).against(instead("commit", "release", forged.forgery()));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "DATASET_DAMAGED"));
        assertThat(host.calls()).doesNotContain("deliver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUDGET_EXHAUSTED", "EVIDENCE_REFUSED", "RELEASES_EXHAUSTED", "POLICY_NOT_NEWEST"})
    void aBrokersNoIsFinal(String code) throws Exception {
        var host = new TestRun(SCENE).against(saying("prepare", code));

        assertThat(host.ending()).contains(new Ending.Ended("refused", code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BROKER_UNREACHABLE",
                "OPERATOR_UNREACHABLE",
                "HOST_FAILED",
                "CHALLENGE_UNKNOWN",
                "RESERVATION_LAPSED",
                "LOG_INCONSISTENT",
                "RATE_LIMITED",
                "INTERNAL",
                "UNAVAILABLE"
            })
    void whatMayPassIsTriedAgain(String code) throws Exception {
        var host = new TestRun(SCENE).against(saying("commit", code));

        assertThat(host.ending()).contains(new Ending.Ended("failed", code));
    }

    private static ScriptedHost.Script saying(String call, String code) {
        return (asked, host) -> {
            if (asked.call().equals(call)) {
                asked.send(Cbor.map().put("error", code));
            } else {
                host.honestly(asked);
            }
        };
    }

    /** The victim's answer is the forged one; the other party's stays. */
    private static ScriptedHost.Script instead(String call, String member, Forgery forgery) {
        return (asked, host) -> {
            if (asked.call().equals(call)
                    && asked.fields().text("party").equals(VICTIM.id().value())) {
                asked.send(Cbor.map().put(member, forgery.of(host, asked).compact()));
            } else {
                host.honestly(asked);
            }
        };
    }

    private static Jws grant(Grant grant, SigningKey key) {
        return grant.sign(key);
    }

    private static Grant honestGrant(ScriptedHost host, Asked asked) throws Exception {
        return Grant.read(
                broker(host, VICTIM).prepare(asked.fields().octets("body")),
                VICTIM.broker().verificationKey());
    }

    private static Release honestRelease(ScriptedHost host, Asked asked) throws Exception {
        return Release.read(
                broker(host, VICTIM).commit(asked.fields().octets("body")),
                VICTIM.broker().verificationKey());
    }

    private static Grants grants(ScriptedHost host, Asked asked) throws Exception {
        var verdict =
                new RunVerifier(SCENE.bundle()).verify(host.handed.runRequest(), host.handed.manifests(), Scene.NOW);
        var run = ((RunVerdict.Accepted) verdict).run();
        return Grants.verify(CommitRequest.parse(asked.fields().octets("body")).grants(), run.brokers());
    }

    private static TestBroker broker(ScriptedHost host, SampleParty party) {
        return requireNonNull(host.brokers.get(party.id()));
    }

    private static ScriptedHost earlier() {
        try {
            return new TestRun(SCENE).against((asked, host) -> host.honestly(asked));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Jws said(ScriptedHost host, String member, PartyId party) {
        return requireNonNull(host.said().get(member + " " + party));
    }
}
