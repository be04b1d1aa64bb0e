package dev.parley.enclave.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.boot.TestRun.Preparation;
import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Handed;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.enclave.scene.TestBroker;
import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.RunRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements that are well-formed and wrong: stale, foreign, swapped, or signed by somebody else. */
@Timeout(30)
class HostileStatementsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Scene SCENE = Scene.create();
    private static final SampleRoom ROOM = SCENE.room();

    record Case(String name, String outcome, String code, Preparation preparation, ScriptedHost.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> atTheStart() {
        return Stream.of(
                handed("a bundle that is none", "MALFORMED_START", h -> h.withBundle(Bytes.utf8("{}"))),
                handed("no manifests", "MALFORMED_START", h -> h.withManifests(List.of())),
                handed("a checkpoint that is none", "MALFORMED_START", h -> h.withCheckpoint("log.example\n")),
                handed("slots too short", "MALFORMED_START", h -> h.withConfiguration(Handed.configuration(99, 1, 64))),
                handed(
                        "slots too long",
                        "MALFORMED_START",
                        h -> h.withConfiguration(Handed.configuration(60_001, 1, 64))),
                handed("no threads", "MALFORMED_START", h -> h.withConfiguration(Handed.configuration(100, 0, 64))),
                handed(
                        "too little memory",
                        "MALFORMED_START",
                        h -> h.withConfiguration(Handed.configuration(100, 1, 63))),
                handed(
                        "a setting nobody knows",
                        "MALFORMED_START",
                        h -> h.withConfiguration(Json.object()
                                .put("parley", "configuration/1")
                                .put("slotMillis", 100)
                                .put("engineThreads", 1)
                                .put("engineMemoryMiB", 64)
                                .put("debug", true)
                                .build())),
                handed(
                        "a role that claims every layer of isolation",
                        "ROLE_UNPROVEN",
                        h -> h.withRole(Optional.of(ParentRole.simulated("full")))),
                handed("no role", "ROLE_UNPROVEN", h -> h.withRole(Optional.empty())),
                handed(
                        "another log's checkpoint",
                        "LOG_CHECKPOINT_REFUSED",
                        h -> h.withCheckpoint(
                                Checkpoint.sign(SCENE.tree().head(), LogSigner.generate("log.example/parley", RANDOM))
                                        .note())),
                handed(
                        "an approval too few",
                        "QUORUM_MISSING",
                        h -> h.withApprovals(h.approvals().subList(0, 3))),
                handed(
                        "approvals of another bundle",
                        "APPROVAL_FOR_ANOTHER_BUNDLE",
                        h -> h.withApprovals(ROOM.approvals(ROOM.bundle()))),
                handed(
                        "an approval by somebody else",
                        "APPROVAL_SIGNER_UNKNOWN",
                        h -> h.withApprovals(List.of(SampleRoom.approval(
                                SCENE.bundle(), ROOM.retailer(), "compliance", SigningKey.generate(RANDOM))))),
                handed("approvals that have expired", "QUORUM_MISSING", h -> h.withApprovals(expiredApprovals())),
                handed(
                        "another bundle",
                        "POLICY_NOT_NEWEST",
                        h -> h.withBundle(anotherBundle().canonical())),
                handed(
                        "a run request by somebody else",
                        "RUN_REQUEST_REFUSED",
                        h -> h.withRunRequest(SCENE.request().sign(SigningKey.generate(RANDOM)))),
                handed(
                        "a run request signed by another party",
                        "RUN_REQUEST_REFUSED",
                        h -> h.withRunRequest(
                                SCENE.request().sign(ROOM.retailer().run()))),
                handed(
                        "a run request under another policy",
                        "RUN_REQUEST_POLICY_MISMATCH",
                        h -> h.withRunRequest(
                                otherPolicy().sign(ROOM.publisher().run()))),
                handed(
                        "a run request that has expired",
                        "RUN_REQUEST_NOT_VALID_NOW",
                        h -> h.withRunRequest(lasting(Scene.NOW.minusSeconds(1))
                                .sign(ROOM.publisher().run()))),
                handed(
                        "swapped manifests",
                        "MANIFEST_REFUSED",
                        h -> h.withManifests(h.manifests().reversed())),
                handed(
                        "a manifest too few",
                        "MANIFEST_REFUSED",
                        h -> h.withManifests(h.manifests().subList(0, 1))),
                handed(
                        "a manifest signed by the other steward",
                        "MANIFEST_REFUSED",
                        h -> h.withManifests(List.of(
                                SCENE.data()
                                        .get(0)
                                        .manifest()
                                        .sign(ROOM.publisher().steward()),
                                h.manifests().get(1)))),
                handed(
                        "a manifest of another version of the data",
                        "MANIFEST_REFUSED",
                        h -> h.withManifests(List.of(
                                SCENE.equivocation()
                                        .manifest()
                                        .sign(ROOM.retailer().steward()),
                                h.manifests().get(1)))));
    }

    static Stream<Case> inChallenges() {
        return Stream.of(
                known(
                        "a newer version is known",
                        "refused",
                        "POLICY_NOT_NEWEST",
                        host -> publisher(host).newest =
                                new Challenge.Newest(2, SCENE.bundle().digest())),
                known(
                        "another bundle of this version is known",
                        "refused",
                        "POLICY_NOT_NEWEST",
                        host -> publisher(host).newest =
                                new Challenge.Newest(1, new PolicyDigest(Sha384Digest.of(Bytes.utf8("another"))))),
                known(
                        "the run key is revoked",
                        "refused",
                        "KEY_REVOKED",
                        host -> publisher(host).revoked =
                                List.of(ROOM.publisher().run().verificationKey().thumbprint())),
                known(
                        "a root key is revoked",
                        "refused",
                        "KEY_REVOKED",
                        host -> publisher(host).revoked =
                                List.of(ROOM.retailer().root().verificationKey().thumbprint())),
                known(
                        "the clocks differ",
                        "failed",
                        "CHALLENGES_TOO_FAR_APART",
                        host -> publisher(host).now = Scene.NOW.plusSeconds(121)),
                known(
                        "the policy has ended",
                        "refused",
                        "BUNDLE_EXPIRED",
                        host -> host.brokers.values().forEach(broker -> broker.now = SampleRoom.UNTIL)),
                known(
                        "the policy has not begun",
                        "refused",
                        "BUNDLE_NOT_YET_VALID",
                        host -> host.brokers.values().forEach(broker -> broker.now = SampleRoom.FROM.minusSeconds(1))),
                known("one clock says that the request has ended", "refused", "RUN_REQUEST_NOT_VALID_NOW", host -> {
                    publisher(host).now = Scene.NOW.plusSeconds(3_600);
                    retailer(host).now = Scene.NOW.plusSeconds(3_500);
                }),
                challenged(
                        "of the other party",
                        (host, asked) ->
                                other(host, asked.fields().text("party")).challenge(host.handed.runRequest())),
                challenged(
                        "for another run",
                        (host, asked) -> host.broker(asked.fields())
                                .challenge(SCENE.request().sign(ROOM.publisher().run()))),
                challenged("for another room", (host, asked) -> challenge(host, asked, new RoomId("elsewhere"), true)),
                challenged(
                        "signed by another key",
                        (host, asked) -> challenge(host, asked, SCENE.bundle().room(), false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"atTheStart", "inChallenges"})
    void refusesBeforeAnyBrokerIsAskedForKeys(Case given) throws Exception {
        var host = new TestRun(SCENE).against(given.preparation(), given.script());

        assertThat(host.ending()).contains(new Ending.Ended(given.outcome(), given.code()));
        assertThat(host.calls()).doesNotContain("prepare", "commit", "read", "deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    private static Case handed(String name, String code, UnaryOperator<Handed> change) {
        return new Case(
                name,
                "refused",
                code,
                host -> host.handed = change.apply(host.handed),
                (asked, host) -> host.honestly(asked));
    }

    private static Case known(String name, String outcome, String code, Preparation preparation) {
        return new Case(name, outcome, code, preparation, (asked, host) -> host.honestly(asked));
    }

    interface Challenging {
        Jws of(ScriptedHost host, ScriptedHost.Asked asked) throws Exception;
    }

    private static Case challenged(String name, Challenging challenging) {
        return new Case("a challenge " + name, "refused", "CHALLENGE_REFUSED", host -> {}, (asked, host) -> {
            if (asked.call().equals("challenge")) {
                asked.send(
                        Cbor.map().put("challenge", challenging.of(host, asked).compact()));
            } else {
                host.honestly(asked);
            }
        });
    }

    private static Jws challenge(ScriptedHost host, ScriptedHost.Asked asked, RoomId room, boolean byBroker)
            throws Exception {
        var party = party(asked.fields().text("party"));
        var subject = new Challenge.Subject(
                party.id(), room, Sha384Digest.of(host.handed.runRequest().unverifiedPayload()));
        return host.broker(asked.fields())
                .challenge(subject, SCENE.random(Challenge.NONCE_SIZE))
                .sign(byBroker ? party.broker() : party.run());
    }

    private static SampleParty party(String id) {
        return ROOM.parties().stream()
                .filter(party -> party.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static TestBroker other(ScriptedHost host, String party) {
        return ROOM.retailer().id().value().equals(party) ? publisher(host) : retailer(host);
    }

    private static TestBroker publisher(ScriptedHost host) {
        return requireNonNull(host.brokers.get(ROOM.publisher().id()));
    }

    private static TestBroker retailer(ScriptedHost host) {
        return requireNonNull(host.brokers.get(ROOM.retailer().id()));
    }

    /** Of the same room, version, keys and log: only the reference values are others. */
    private static PolicyBundle anotherBundle() {
        var image = Sha384Digest.of(Bytes.utf8("another image"));
        var values = SCENE.bundle().referenceValues();
        return ROOM.bundle(
                new ReferenceValues(
                        values.trustDomain(),
                        values.rootFingerprint(),
                        List.of(new AcceptedMeasurement(image, image, image, SampleRoom.UNTIL))),
                SCENE.bundle().log());
    }

    private static List<Jws> expiredApprovals() {
        List<Jws> expired = new ArrayList<>();
        var bundle = SCENE.bundle();
        for (var party : ROOM.parties()) {
            for (var role : List.of("compliance", "legal")) {
                expired.add(new Approval(
                                bundle.room(),
                                bundle.version(),
                                bundle.previous(),
                                bundle.digest(),
                                party.id(),
                                role,
                                Scene.NOW.minusSeconds(1))
                        .sign(role.equals("legal") ? party.legal() : party.compliance()));
            }
        }
        return expired;
    }

    private static RunRequest otherPolicy() {
        var honest = SCENE.request();
        return new RunRequest(
                honest.room(),
                new PolicyDigest(Sha384Digest.of(Bytes.utf8("another"))),
                honest.id(),
                honest.party(),
                honest.query(),
                honest.recipients(),
                honest.validity());
    }

    private static RunRequest lasting(Instant until) {
        var honest = SCENE.request();
        return new RunRequest(
                honest.room(),
                honest.policy(),
                honest.id(),
                honest.party(),
                honest.query(),
                honest.recipients(),
                new RunRequest.Validity(honest.validity().issuedAt(), until));
    }
}
