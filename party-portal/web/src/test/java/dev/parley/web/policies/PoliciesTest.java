package dev.parley.web.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.SignedPolicyList;
import dev.parley.protocol.wire.SignedPolicyView;
import dev.parley.web.testing.Portal;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The record of what this party signed. Each test has a room of its own. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PoliciesTest {
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private final RoomId room = new RoomId("policies-" + ROOMS.incrementAndGet());

    @Test
    void keepsTheNewestBundleThatItsOwnQuorumSigned() {
        var first = version(1, Optional.empty());
        var second = version(2, Optional.of(first.digest()));

        assertThat(sign(first).status()).isEqualTo(201);
        assertThat(sign(first).status()).isEqualTo(200);
        assertThat(sign(second).status()).isEqualTo(201);
        assertThat(sign(first).problem()).isEqualTo("409 POLICY_VERSION_OLD");

        assertThat(newest().version()).isEqualTo(2);
        assertThat(newest().digest()).isEqualTo(second.digest().hex());
    }

    @Test
    void needsItsOwnQuorumAndNobodyElses() {
        var bundle = version(1, Optional.empty());
        var all = TestKeys.ROOM.sample.approvals(bundle);
        var retailers = all.subList(0, 2);
        var publishers = all.subList(2, 4);

        assertThat(Portal.sign(bundle, publishers).problem()).isEqualTo("422 QUORUM_MISSING");
        assertThat(Portal.sign(bundle, retailers.subList(0, 1)).problem()).isEqualTo("422 QUORUM_MISSING");
        assertThat(Portal.sign(bundle, twice(retailers.getFirst())).problem()).isEqualTo("422 QUORUM_MISSING");
        assertThat(Portal.sign(bundle, retailers).status()).isEqualTo(201);
    }

    @Test
    void refusesOtherBytesForTheSameVersionAndAnotherPast() {
        var first = version(1, Optional.empty());
        sign(first);
        var strangers = Optional.of(TestKeys.ROOM.bundle.digest());

        assertThat(sign(named(first, "Another name")).problem()).isEqualTo("409 POLICY_VERSION_TAKEN");
        assertThat(sign(version(2, strangers)).problem()).isEqualTo("422 POLICY_PREVIOUS_UNKNOWN");
        assertThat(newest().version()).isEqualTo(1);
    }

    /** Who controls the bundle must not be able to invent this party: its approvers are those that its root key made. */
    @Test
    void refusesABundleInWhichThisPartyHasAnotherRootKey() {
        var impostor = SampleParty.create("retailer", new SecureRandom());
        var invented = new SampleRoom(impostor, TestKeys.ROOM.sample.publisher());
        var bundle = parties(
                version(1, Optional.empty()),
                invented.parties().stream().map(SampleParty::party).toList());

        assertThat(Portal.sign(bundle, invented.approvals(bundle)).problem()).isEqualTo("422 POLICY_OTHER_KEYS");
    }

    @Test
    void refusesABundleOfOthers() {
        var strangers =
                new SampleRoom(SampleParty.create("retailer", new SecureRandom()), TestKeys.ROOM.sample.publisher());
        var bundle = version(1, Optional.empty());

        assertThat(Portal.approver()
                        .put("POST", "/v1/rooms/elsewhere/policies", Portal.signed(bundle, List.of()))
                        .problem())
                .isEqualTo("400 MALFORMED");
        assertThat(Portal.sign(bundle, strangers.approvals(bundle)).problem()).isEqualTo("422 QUORUM_MISSING");
    }

    @Test
    void letsApproversAloneSign() {
        var bundle = version(1, Optional.empty());
        var path = "/v1/rooms/" + room + "/policies";
        var body = Portal.signed(bundle, TestKeys.ROOM.sample.approvals(bundle));

        assertThat(Portal.steward().put("POST", path, body).problem()).isEqualTo("403 FORBIDDEN");
        assertThat(Portal.analyst().put("POST", path, body).problem()).isEqualTo("403 FORBIDDEN");
    }

    private SignedPolicyView newest() {
        return Portal.analyst().get("/v1/rooms").read(SignedPolicyList::read).rooms().stream()
                .filter(view -> view.room().equals(room.value()))
                .findFirst()
                .orElseThrow();
    }

    private static dev.parley.web.testing.Api.Answer sign(PolicyBundle bundle) {
        return Portal.sign(bundle, TestKeys.ROOM.sample.approvals(bundle));
    }

    private static List<Jws> twice(Jws approval) {
        return new ArrayList<>(List.of(approval, approval));
    }

    private PolicyBundle version(int version, Optional<PolicyDigest> previous) {
        var b = TestKeys.ROOM.bundle;
        return new PolicyBundle(
                room,
                b.name(),
                b.purpose(),
                version,
                previous,
                b.validFrom(),
                b.validUntil(),
                b.referenceValues(),
                b.log(),
                b.parties(),
                b.datasets(),
                b.privacy(),
                b.templates());
    }

    private static PolicyBundle named(PolicyBundle b, String name) {
        return new PolicyBundle(
                b.room(),
                name,
                b.purpose(),
                b.version(),
                b.previous(),
                b.validFrom(),
                b.validUntil(),
                b.referenceValues(),
                b.log(),
                b.parties(),
                b.datasets(),
                b.privacy(),
                b.templates());
    }

    private static PolicyBundle parties(PolicyBundle b, List<Party> parties) {
        return new PolicyBundle(
                b.room(),
                b.name(),
                b.purpose(),
                b.version(),
                b.previous(),
                b.validFrom(),
                b.validUntil(),
                b.referenceValues(),
                b.log(),
                parties,
                b.datasets(),
                b.privacy(),
                b.templates());
    }
}
