package dev.parley.web.policies;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.SignedPolicy;
import dev.parley.protocol.wire.SignedPolicyList;
import dev.parley.protocol.wire.SignedPolicyView;
import dev.parley.web.http.Body;
import dev.parley.web.http.Role;
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

/** The rooms in which this party signed a policy. */
@Path("/v1/rooms")
@RolesAllowed({Role.ANALYST, Role.STEWARD, Role.APPROVER})
@Produces(MediaType.APPLICATION_JSON)
public final class PoliciesResource {
    private final PolicyRecord policies;
    private final Signing signing;

    PoliciesResource(PolicyRecord policies, Signing signing) {
        this.policies = policies;
        this.signing = signing;
    }

    @GET
    public SignedPolicyList list() {
        return policies.list();
    }

    @POST
    @Path("{room}/policies")
    @RolesAllowed(Role.APPROVER)
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<SignedPolicyView> sign(@PathParam("room") String room, InputStream body) throws Malformed {
        var signed = Body.message(body, SignedPolicy::read);
        var bundle = PolicyBundle.parse(Bytes.parseBase64Url(signed.bundle()));
        return signing.take(RoomId.parse(room), bundle, signed.approvals()).response();
    }
}
