package dev.parley.web.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.HeldDataset;
import dev.parley.protocol.wire.SignedPolicy;
import java.util.List;

/** The running portal of {@link TestKeys#ROOM}'s retailer, as its people use it. */
public final class Portal {
    private Portal() {}

    public static Api approver() {
        return Api.as(Token.withRoles("approver"));
    }

    public static Api steward() {
        return Api.as(Token.withRoles("steward"));
    }

    public static Api analyst() {
        return Api.as(Token.withRoles("analyst"));
    }

    public static SignedPolicy signed(PolicyBundle bundle, List<Jws> approvals) {
        return new SignedPolicy(
                bundle.canonical().base64Url(),
                approvals.stream().map(Jws::compact).toList());
    }

    public static Api.Answer sign(PolicyBundle bundle, List<Jws> approvals) {
        return approver().put("POST", "/v1/rooms/" + bundle.room() + "/policies", signed(bundle, approvals));
    }

    /** The room's own bundle is the newest; again is no mistake. */
    public static void signRoom() {
        var room = TestKeys.ROOM;
        assertThat(sign(room.bundle, room.approvals).status()).isIn(200, 201);
    }

    public static HeldDataset held(DatasetManifest manifest) {
        var room = TestKeys.ROOM;
        return new HeldDataset(
                room.sign(manifest).compact(),
                room.wrap(manifest.sealed()).json().canonical().base64Url());
    }

    public static String path(DatasetManifest manifest) {
        return "/v1/rooms/" + manifest.room() + "/datasets/" + manifest.dataset() + "/versions/" + manifest.version();
    }

    public static Api.Answer hold(DatasetManifest manifest) {
        return steward().put("PUT", path(manifest), held(manifest));
    }
}
