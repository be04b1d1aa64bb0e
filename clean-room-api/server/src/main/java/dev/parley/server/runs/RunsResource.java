package dev.parley.server.runs;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.ReceiptView;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.http.Body;
import dev.parley.server.identity.Caller;
import dev.parley.server.identity.Role;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Runs, for the parties concerned. */
@Path("/v1/runs")
@RolesAllowed(Role.PARTY_MEMBER)
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private static final int PAGE = 100;

    private final Submission submission;
    private final Runs runs;
    private final RunsConfig config;
    private final Caller caller;

    RunsResource(Submission submission, Runs runs, RunsConfig config, Caller caller) {
        this.submission = submission;
        this.runs = runs;
        this.config = config;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.ANALYST)
    @Consumes("application/jose")
    public RestResponse<RunView> submit(InputStream runRequest) throws Malformed {
        return submission.submit(Body.jws(runRequest), caller.party()).response(RestResponse.Status.ACCEPTED);
    }

    @GET
    public RunPage page(
            @Nullable @QueryParam("room") String room,
            @Nullable @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("20") int limit)
            throws Malformed {
        return runs.page(caller.party(), room, cursor, Math.clamp(limit, 1, PAGE));
    }

    @GET
    @Path("{run}")
    public RunView show(@PathParam("run") UUID run) {
        return runs.view(run, caller.party());
    }

    /** The run at once and at every change, until it has ended. */
    @GET
    @Path("{run}/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<String> events(@PathParam("run") UUID run) {
        var party = caller.party();
        runs.view(run, party);
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> runs.view(run, party))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .withDelay(config.progressEvery())
                .whilst(view -> !view.state().isFinal())
                .skip()
                .repetitions()
                .map(view -> new String(view.json().canonical().toArray(), StandardCharsets.UTF_8));
    }

    @GET
    @Path("{run}/result")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] result(@PathParam("run") UUID run) {
        return runs.result(run, caller.party());
    }

    @GET
    @Path("{run}/receipt")
    public ReceiptView receipt(@PathParam("run") UUID run) {
        return runs.receipt(run, caller.party());
    }
}
