package dev.parley.server.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.wire.ApprovalList;
import dev.parley.protocol.wire.PolicyState;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.protocol.wire.RoomList;
import dev.parley.protocol.wire.RoomView;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RoomsTest {
    @Test
    void publishesAVersionOnceAndGivesItBackByteForByte() {
        var room = TestRoom.unpublished();

        var first = room.retailer()
                .post(room.path() + "/policies", Api.JSON, room.bundle().canonical());
        var again = room.publisher()
                .post(room.path() + "/policies", Api.JSON, room.bundle().canonical());

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.read(PolicyView::read))
                .isEqualTo(new PolicyView(1, room.bundle().digest().hex(), PolicyState.PROPOSED, 0));
        assertThat(room.publisher().get(room.path() + "/policies/1").body())
                .isEqualTo(room.bundle().canonical());
    }

    @Test
    void activatesAVersionWithTheLastMissingQuorum() {
        var room = TestRoom.unpublished();
        room.retailer().post(room.path() + "/policies", Api.JSON, room.bundle().canonical());
        var approvals = room.sample().approvals(room.bundle());

        for (var approval : approvals.subList(0, 3)) {
            TestRoom.expect(201, room.approve(approval));
        }
        var before = view(room);
        room.approve(approvals.getLast());
        var after = view(room);

        assertThat(before.policies().getFirst().state()).isEqualTo(PolicyState.PROPOSED);
        assertThat(before.policies().getFirst().approvals()).isEqualTo(3);
        assertThat(after.policies().getFirst().state()).isEqualTo(PolicyState.ACTIVE);
        assertThat(room.retailer()
                        .get(room.path() + "/policies/1/approvals")
                        .read(ApprovalList::read)
                        .approvals())
                .containsExactlyInAnyOrderElementsOf(
                        approvals.stream().map(Jws::compact).toList());
    }

    @Test
    void supersedesAVersionOnceItsSuccessorIsApproved() {
        var room = TestRoom.active();
        var next = room.next("A purpose that changed");

        next.retailer().post(next.path() + "/policies", Api.JSON, next.bundle().canonical());
        var proposed = view(room);
        for (var approval : next.sample().approvals(next.bundle())) {
            TestRoom.expect(201, next.approve(approval));
        }

        assertThat(proposed.policies().stream().map(PolicyView::state))
                .containsExactly(PolicyState.PROPOSED, PolicyState.ACTIVE);
        assertThat(view(room).policies().stream().map(PolicyView::state))
                .containsExactly(PolicyState.ACTIVE, PolicyState.SUPERSEDED);
    }

    @Test
    void listsARoomForItsPartiesAlone() {
        var room = TestRoom.active();

        var mine = room.publisher().get("/v1/rooms").read(RoomList::read);
        var theirs = TestRoom.stranger().get("/v1/rooms").read(RoomList::read);

        assertThat(mine.rooms().stream().map(RoomView::room)).contains(room.id());
        assertThat(theirs.rooms()).isEmpty();
    }

    @Test
    void refusesOtherBytesForAVersionThatIsTaken() {
        var room = TestRoom.active();
        var second = room.next("One purpose");
        room.retailer()
                .post(room.path() + "/policies", Api.JSON, second.bundle().canonical());

        var other = room.retailer()
                .post(
                        room.path() + "/policies",
                        Api.JSON,
                        room.next("Another").bundle().canonical());

        assertThat(other.problem()).isEqualTo("409 POLICY_VERSION_TAKEN");
    }

    @Test
    void refusesAVersionThatDoesNotFollow() {
        var room = TestRoom.active();
        var skipped = room.next("Second").next("Third");

        var answer = room.retailer()
                .post(room.path() + "/policies", Api.JSON, skipped.bundle().canonical());

        assertThat(answer.problem()).isEqualTo("422 POLICY_PREVIOUS_UNKNOWN");
    }

    @Test
    void refusesABundleOfOthersAndABundleForAnotherRoom() {
        var room = TestRoom.unpublished();
        var body = room.bundle().canonical();

        assertThat(TestRoom.stranger()
                        .post(room.path() + "/policies", Api.JSON, body)
                        .problem())
                .isEqualTo("422 POLICY_PARTY_MISSING");
        assertThat(room.retailer()
                        .post("/v1/rooms/another/policies", Api.JSON, body)
                        .problem())
                .isEqualTo("400 MALFORMED");
        assertThat(TestRoom.stranger().get(room.path()).problem()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void refusesABundleThatNamesAnotherLog() {
        var room = TestRoom.unpublished();
        var elsewhere = room.sample().bundle();

        var answer =
                room.retailer().post("/v1/rooms/" + elsewhere.room() + "/policies", Api.JSON, elsewhere.canonical());

        assertThat(answer.problem()).isEqualTo("422 POLICY_OTHER_LOG");
    }

    @Test
    void refusesABundleThatIsNotCanonical() {
        var room = TestRoom.unpublished();
        var spaced = new String(room.bundle().canonical().toArray(), StandardCharsets.UTF_8) + " ";

        assertThat(room.retailer()
                        .post(room.path() + "/policies", Api.JSON, spaced)
                        .problem())
                .isEqualTo("400 MALFORMED");
    }

    @Test
    void refusesAnApprovalInAnotherPartysName() {
        var room = TestRoom.unpublished();
        room.retailer().post(room.path() + "/policies", Api.JSON, room.bundle().canonical());
        var approval = room.sample().approvals(room.bundle()).getFirst().compact();

        var answer = room.publisher().post(room.path() + "/policies/1/approvals", Api.JOSE, approval);

        assertThat(answer.problem()).isEqualTo("422 APPROVAL_SIGNER_UNKNOWN");
    }

    @Test
    void refusesAnApprovalOfAnotherBundleOrUnderAnotherKey() {
        var room = TestRoom.active();
        var next = room.next("Not published");
        var retailer = room.sample().retailer();
        var path = room.path() + "/policies/1/approvals";

        var other = SampleRoom.approval(next.bundle(), retailer, "compliance", retailer.compliance());
        var wrongRole = SampleRoom.approval(room.bundle(), retailer, "legal", retailer.compliance());
        var wrongKey = SampleRoom.approval(room.bundle(), retailer, "compliance", retailer.steward());

        assertThat(room.retailer().post(path, Api.JOSE, other.compact()).problem())
                .isEqualTo("422 APPROVAL_FOR_ANOTHER_BUNDLE");
        assertThat(room.retailer().post(path, Api.JOSE, wrongRole.compact()).problem())
                .isEqualTo("422 APPROVAL_ROLE_WRONG");
        assertThat(room.retailer().post(path, Api.JOSE, wrongKey.compact()).problem())
                .isEqualTo("422 APPROVAL_SIGNER_UNKNOWN");
    }

    @Test
    void countsAnApprovalOnceHoweverOftenItIsSigned() {
        var room = TestRoom.active();
        var retailer = room.sample().retailer();
        var again = SampleRoom.approval(room.bundle(), retailer, "legal", retailer.legal());

        var answer = room.retailer().post(room.path() + "/policies/1/approvals", Api.JOSE, again.compact());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.read(PolicyView::read).approvals()).isEqualTo(4);
    }

    @Test
    void onlyApproversPublishAndApprove() {
        var room = TestRoom.active();
        var analyst = Api.as(Token.withRoles("retailer", "party-member", "analyst", "steward"));

        assertThat(analyst.post(room.path() + "/policies", Api.JSON, "{}").problem())
                .isEqualTo("403 FORBIDDEN");
        assertThat(analyst.post(room.path() + "/policies/1/approvals", Api.JOSE, "x")
                        .problem())
                .isEqualTo("403 FORBIDDEN");
        assertThat(analyst.get(room.path()).status()).isEqualTo(200);
    }

    private static RoomView view(TestRoom room) {
        return room.retailer().get(room.path()).read(RoomView::read);
    }
}
