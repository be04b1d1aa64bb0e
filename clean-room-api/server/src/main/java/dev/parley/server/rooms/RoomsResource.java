package dev.parley.server.rooms;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.ApprovalList;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.protocol.wire.RoomList;
import dev.parley.protocol.wire.RoomView;
import dev.parley.server.http.Body;
import dev.parley.server.identity.Caller;
import dev.parley.server.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;

/** Rooms and their policies, for the parties that a bundle names. */
@Path("/v1/rooms")
@RolesAllowed(Role.PARTY_MEMBER)
@Produces(MediaType.APPLICATION_JSON)
public final class RoomsResource {
    private final Rooms rooms;
    private final Publication publication;
    private final Signing signing;
    private final Caller caller;

    RoomsResource(Rooms rooms, Publication publication, Signing signing, Caller caller) {
        this.rooms = rooms;
        this.publication = publication;
        this.signing = signing;
        this.caller = caller;
    }

    @GET
    public RoomList list() {
        return new RoomList(rooms.of(caller.party()));
    }

    @GET
    @Path("{room}")
    public RoomView show(@PathParam("room") RoomId room) {
        return rooms.view(room, caller.party());
    }

    /** The body is the canonical bundle itself: what is published is what is digested and signed. */
    @POST
    @Path("{room}/policies")
    @RolesAllowed(Role.APPROVER)
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PolicyView> publish(@PathParam("room") RoomId room, InputStream bundle) throws Malformed {
        return publication
                .publish(room, Body.bytes(bundle, Body.LIMIT), caller.party())
                .response();
    }

    @GET
    @Path("{room}/policies/{version}")
    public byte[] bundle(@PathParam("room") RoomId room, @PathParam("version") int version) {
        rooms.requireVisible(room, caller.party());
        return rooms.version(room, version).bundle().canonical().toArray();
    }

    @GET
    @Path("{room}/policies/{version}/approvals")
    public ApprovalList approvals(@PathParam("room") RoomId room, @PathParam("version") int version) {
        rooms.requireVisible(room, caller.party());
        return new ApprovalList(rooms.version(room, version).approvals());
    }

    @POST
    @Path("{room}/policies/{version}/approvals")
    @RolesAllowed(Role.APPROVER)
    @Consumes("application/jose")
    public RestResponse<PolicyView> approve(
            @PathParam("room") RoomId room, @PathParam("version") int version, InputStream approval)
            throws Malformed, BadSignature {
        return signing.approve(room, version, Body.jws(approval), caller.party())
                .response();
    }
}
