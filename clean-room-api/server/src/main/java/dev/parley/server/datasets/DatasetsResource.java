package dev.parley.server.datasets;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.server.http.Body;
import dev.parley.server.http.Refused;
import dev.parley.server.identity.Caller;
import dev.parley.server.identity.Role;
import dev.parley.server.objects.Objects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A room's datasets: manifests from their owners, ciphertext for hosts. */
@Path("/v1/rooms/{room}/datasets")
@RolesAllowed(Role.PARTY_MEMBER)
@Produces(MediaType.APPLICATION_JSON)
public final class DatasetsResource {
    private final Datasets datasets;
    private final Announcement announcement;
    private final Objects objects;
    private final Caller caller;

    DatasetsResource(Datasets datasets, Announcement announcement, Objects objects, Caller caller) {
        this.datasets = datasets;
        this.announcement = announcement;
        this.objects = objects;
        this.caller = caller;
    }

    @GET
    public DatasetList list(@PathParam("room") RoomId room) {
        return datasets.of(room, caller.party());
    }

    @POST
    @Path("{dataset}/versions")
    @RolesAllowed(Role.STEWARD)
    @Consumes("application/jose")
    public RestResponse<DatasetVersionView> announce(
            @PathParam("room") RoomId room, @PathParam("dataset") DatasetId dataset, InputStream manifest)
            throws Malformed, BadSignature {
        return announcement
                .announce(room, dataset, Body.jws(manifest), caller.party())
                .response();
    }

    @GET
    @Path("{dataset}/versions/{version}/ciphertext")
    @RolesAllowed(Role.HOST)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public RestResponse<PathPart> ciphertext(
            @PathParam("room") RoomId room,
            @PathParam("dataset") DatasetId dataset,
            @PathParam("version") int version,
            @Nullable @HeaderParam("Range") String range) {
        var ciphertext = datasets.announced(new AnnouncedCiphertext.Name(room, dataset, version));
        var file = objects.file(ciphertext.object().orElseThrow(Refused::notFound));
        return ByteRange.of(range, ciphertext.length()).response(file);
    }
}
