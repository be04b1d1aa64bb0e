package dev.parley.policy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.approval.Standing.Reason;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());
    private static final PolicyBundle BUNDLE = ROOM.bundle();
    private static final List<Jws> APPROVALS = ROOM.approvals(BUNDLE);

    @Test
    void activatesABundleThatEveryQuorumSigned() {
        var standing = Approvals.activate(BUNDLE.canonical(), compact(APPROVALS), SampleRoom.NOW);

        assertThat(standing).isInstanceOfSatisfying(Standing.Active.class, active -> {
            assertThat(active.policy().digest()).isEqualTo(BUNDLE.digest());
            assertThat(active.policy().approvals()).hasSize(4);
        });
    }

    @Test
    void refusesAnyMissingApproval() {
        for (var missing = 0; missing < APPROVALS.size(); missing++) {
            var some = new ArrayList<>(APPROVALS);
            some.remove(missing);

            assertThat(reason(some, SampleRoom.NOW)).isEqualTo(Reason.QUORUM_MISSING);
        }
    }

    @Test
    void countsAKeyOnceHoweverOftenItSigns() {
        var party = ROOM.publisher();
        var twice = new ArrayList<>(APPROVALS.subList(0, 2));
        twice.add(SampleRoom.approval(BUNDLE, party, "compliance", party.compliance()));
        twice.add(SampleRoom.approval(BUNDLE, party, "compliance", party.compliance()));

        assertThat(Approvals.tally(BUNDLE, twice, SampleRoom.NOW))
                .contains(new Tally(party.id(), "compliance", 1, 1), new Tally(party.id(), "legal", 1, 0));
        assertThat(reason(twice, SampleRoom.NOW)).isEqualTo(Reason.QUORUM_MISSING);
    }

    @Test
    void refusesAnApprovalInARoleThatTheKeyDoesNotHold() {
        var party = ROOM.publisher();

        assertThat(reason(replaceLast(SampleRoom.approval(BUNDLE, party, "legal", party.compliance()))))
                .isEqualTo(Reason.APPROVAL_ROLE_WRONG);
    }

    @Test
    void refusesAnApprovalInTheNameOfAnotherParty() {
        var wrong = SampleRoom.approval(
                BUNDLE, ROOM.retailer(), "legal", ROOM.publisher().legal());

        assertThat(reason(replaceLast(wrong))).isEqualTo(Reason.APPROVAL_ROLE_WRONG);
    }

    @Test
    void refusesKeysThatDoNotApprove() {
        var party = ROOM.publisher();

        for (var key : List.of(party.root(), party.run(), party.broker(), party.steward())) {
            assertThat(reason(replaceLast(SampleRoom.approval(BUNDLE, party, "legal", key))))
                    .isEqualTo(Reason.APPROVAL_SIGNER_UNKNOWN);
        }
    }

    @Test
    void refusesAnApprovalOfAnotherRoomVersionPredecessorOrDigest() {
        var party = ROOM.publisher();
        var digest = BUNDLE.digest();
        var other = new PolicyDigest(dev.parley.protocol.crypto.Sha384Digest.of(Bytes.utf8("another bundle")));

        var wrong = List.of(
                approval(new RoomId("other"), 1, Optional.empty(), digest, party, party.legal()),
                approval(BUNDLE.room(), 2, Optional.empty(), digest, party, party.legal()),
                approval(BUNDLE.room(), 1, Optional.of(other), digest, party, party.legal()),
                approval(BUNDLE.room(), 1, Optional.empty(), other, party, party.legal()));

        assertThat(wrong)
                .allSatisfy(statement ->
                        assertThat(reason(replaceLast(statement))).isEqualTo(Reason.APPROVAL_FOR_ANOTHER_BUNDLE));
    }

    @Test
    void doesNotCountAnExpiredApproval() {
        var party = ROOM.publisher();
        var expiry = SampleRoom.NOW;
        var lapsing = new Approval(BUNDLE.room(), 1, Optional.empty(), BUNDLE.digest(), party.id(), "legal", expiry)
                .sign(party.legal());

        assertThat(reason(replaceLast(lapsing), expiry)).isEqualTo(Reason.QUORUM_MISSING);
        assertThat(Approvals.activate(BUNDLE, replaceLast(lapsing), expiry.minusMillis(1)))
                .isInstanceOf(Standing.Active.class);
    }

    @Test
    void holdsOnlyWithinTheValidityOfTheBundle() {
        assertThat(reason(APPROVALS, SampleRoom.FROM.minusMillis(1))).isEqualTo(Reason.BUNDLE_NOT_YET_VALID);
        assertThat(Approvals.activate(BUNDLE, APPROVALS, SampleRoom.FROM)).isInstanceOf(Standing.Active.class);
        assertThat(reason(APPROVALS, SampleRoom.UNTIL)).isEqualTo(Reason.BUNDLE_EXPIRED);
    }

    @Test
    void refusesEveryChangedByteOfTheBundle() {
        var random = random();
        var approvals = compact(APPROVALS);
        for (var i = 0; i < 10_000; i++) {
            var mutated = mutate(BUNDLE.canonical().toArray(), random);

            var standing = Approvals.activate(Bytes.takeOwnershipOf(mutated), approvals, SampleRoom.NOW);

            assertThat(standing).isInstanceOf(Standing.Inactive.class);
        }
        assertThat(Approvals.activate(BUNDLE.canonical(), approvals, SampleRoom.NOW))
                .isInstanceOf(Standing.Active.class);
    }

    @Test
    void refusesEveryChangedByteOfAnApproval() {
        var random = random();
        for (var i = 0; i < 10_000; i++) {
            var approvals = new ArrayList<>(compact(APPROVALS));
            var which = random.nextInt(approvals.size());
            var bytes = approvals.get(which).getBytes(StandardCharsets.ISO_8859_1);
            approvals.set(which, new String(mutate(bytes, random), StandardCharsets.ISO_8859_1));

            assertThat(activate(approvals)).isInstanceOf(Standing.Inactive.class);
        }
        assertThat(Approvals.activate(BUNDLE.canonical(), compact(APPROVALS), SampleRoom.NOW))
                .isInstanceOf(Standing.Active.class);
    }

    /** As the entry for bytes does, without reading the bundle again 10,000 times. */
    private static Standing activate(List<String> approvals) {
        var statements = new ArrayList<Jws>();
        try {
            for (var approval : approvals) {
                statements.add(Jws.parse(approval));
            }
        } catch (Malformed e) {
            return new Standing.Inactive(Reason.APPROVAL_MALFORMED, Optional.empty(), "approval");
        }
        return Approvals.activate(BUNDLE, statements, SampleRoom.NOW);
    }

    private static byte[] mutate(byte[] bytes, RandomGenerator random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        return bytes;
    }

    private static Jws approval(
            RoomId room,
            int version,
            Optional<PolicyDigest> previous,
            PolicyDigest digest,
            SampleParty party,
            SigningKey key) {
        return new Approval(room, version, previous, digest, party.id(), "legal", SampleRoom.UNTIL).sign(key);
    }

    private static List<Jws> replaceLast(Jws statement) {
        var changed = new ArrayList<>(APPROVALS.subList(0, APPROVALS.size() - 1));
        changed.add(statement);
        return changed;
    }

    private static Reason reason(List<Jws> approvals) {
        return reason(approvals, SampleRoom.NOW);
    }

    private static Reason reason(List<Jws> approvals, Instant at) {
        return ((Standing.Inactive) Approvals.activate(BUNDLE, approvals, at)).reason();
    }

    private static List<String> compact(List<Jws> approvals) {
        return approvals.stream().map(Jws::compact).toList();
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(20260602);
    }
}
