package dev.parley.server.queue;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.ClaimRequest;
import dev.parley.protocol.wire.LeaseRenewal;
import dev.parley.protocol.wire.LeaseView;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.protocol.wire.RunView;
import dev.parley.protocol.wire.StepReport;
import dev.parley.server.http.Body;
import dev.parley.server.identity.Role;
import dev.parley.server.log.Log;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestResponse;

/** The queue for enclave hosts. */
@Path("/v1/host/claims")
@RolesAllowed(Role.HOST)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ClaimsResource {
    private final Claims claims;
    private final Progress progress;
    private final Outcomes outcomes;
    private final Log log;
    private final EnclaveSettings settings;

    ClaimsResource(Claims claims, Progress progress, Outcomes outcomes, Log log, EnclaveSettings settings) {
        this.claims = claims;
        this.progress = progress;
        this.outcomes = outcomes;
        this.log = log;
        this.settings = settings;
    }

    /** Nothing to do is 204. */
    @POST
    @RequestBody(content = @Content(schema = @Schema(implementation = ClaimRequest.class)))
    public RestResponse<RunClaim> claim(InputStream body) throws Malformed {
        var request = Body.message(body, ClaimRequest::read);
        if (!request.host().matches("[A-Za-z0-9._-]{1,100}")) {
            throw new Malformed("host is a name");
        }
        claims.endExpiredLeases();
        var claimed = claims.claim(request.host());
        return claimed.map(run -> RestResponse.ok(run.message(log.checkpoint(), settings.configuration())))
                .orElseGet(RestResponse::noContent);
    }

    @POST
    @Path("{lease}/renewals")
    @RequestBody(content = @Content(schema = @Schema(implementation = LeaseRenewal.class)))
    public LeaseView renew(@PathParam("lease") UUID lease, InputStream body) throws Malformed {
        var renewed = claims.renew(lease, Body.message(body, LeaseRenewal::read).fencingToken());
        return new LeaseView(
                lease.toString(), renewed.fencingToken(), renewed.expires().toString());
    }

    @POST
    @Path("{lease}/steps")
    @RequestBody(content = @Content(schema = @Schema(implementation = StepReport.class)))
    public void report(@PathParam("lease") UUID lease, InputStream body) throws Malformed {
        progress.report(lease, Body.message(body, StepReport::read));
    }

    @PUT
    @Path("{lease}/outcome")
    @RequestBody(content = @Content(schema = @Schema(implementation = OutcomeReport.class)))
    public RunView end(@PathParam("lease") UUID lease, InputStream body) throws Malformed {
        return outcomes.end(lease, Body.message(body, OutcomeReport::read, Body.OUTCOME_LIMIT));
    }
}
