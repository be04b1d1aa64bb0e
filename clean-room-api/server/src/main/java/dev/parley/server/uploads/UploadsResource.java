package dev.parley.server.uploads;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.identity.Caller;
import dev.parley.server.identity.Role;
import dev.parley.server.objects.ObjectsConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Uploads by tus 1.0; any stock client does. */
@Path("/v1/uploads")
@RolesAllowed(Role.STEWARD)
public final class UploadsResource {
    private static final String VERSION = "1.0.0";

    private final Uploads uploads;
    private final Transfer transfer;
    private final ObjectsConfig config;
    private final Caller caller;

    UploadsResource(Uploads uploads, Transfer transfer, ObjectsConfig config, Caller caller) {
        this.uploads = uploads;
        this.transfer = transfer;
        this.config = config;
        this.caller = caller;
    }

    @OPTIONS
    @PermitAll
    public Response options() {
        return Response.noContent()
                .header("Tus-Resumable", VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Max-Size", config.maxLength())
                .header("Tus-Extension", "creation,checksum,termination")
                .header("Tus-Checksum-Algorithm", "sha256")
                .build();
    }

    @POST
    public Response begin(
            @Nullable @HeaderParam("Tus-Resumable") String version,
            @Nullable @HeaderParam("Upload-Length") Long length,
            @Nullable @HeaderParam("Upload-Metadata") String metadata)
            throws Malformed, IOException {
        requireVersion(version);
        if (length == null || length < 0) {
            throw new Malformed("Upload-Length is missing");
        }
        var upload = uploads.begin(UploadMetadata.parse(metadata), length, caller.party());
        return Response.status(Response.Status.CREATED)
                .header("Tus-Resumable", VERSION)
                .header("Location", "/v1/uploads/" + upload.id)
                .build();
    }

    @HEAD
    @Path("{upload}")
    public Response offset(@PathParam("upload") UUID id, @Nullable @HeaderParam("Tus-Resumable") String version)
            throws IOException {
        requireVersion(version);
        var upload = uploads.require(id, caller.party());
        return Response.ok()
                .header("Tus-Resumable", VERSION)
                .header("Upload-Offset", transfer.offset(upload))
                .header("Upload-Length", upload.length)
                .build();
    }

    @PATCH
    @Path("{upload}")
    @Consumes("application/offset+octet-stream")
    public Response append(@PathParam("upload") UUID id, @BeanParam Part part, InputStream body)
            throws Malformed, IOException {
        requireVersion(part.version);
        if (part.offset == null || part.offset < 0) {
            throw new Malformed("Upload-Offset is missing");
        }
        var upload = uploads.require(id, caller.party());
        var arrived = transfer.append(upload, part.offset, body, PartChecksum.parse(part.checksum));
        return Response.noContent()
                .header("Tus-Resumable", VERSION)
                .header("Upload-Offset", arrived)
                .build();
    }

    /** Clients that cannot send PATCH say so in a header (tus 1.0 §X-HTTP-Method-Override); nothing else is overridden. */
    @POST
    @Path("{upload}")
    @Consumes("application/offset+octet-stream")
    public Response appendByPost(
            @PathParam("upload") UUID id,
            @Nullable @HeaderParam("X-HTTP-Method-Override") String method,
            @BeanParam Part part,
            InputStream body)
            throws Malformed, IOException {
        if (!"PATCH".equals(method)) {
            throw Refused.with(ProblemCode.METHOD_NOT_ALLOWED, "PATCH, or X-HTTP-Method-Override: PATCH");
        }
        return append(id, part, body);
    }

    @DELETE
    @Path("{upload}")
    public Response discard(@PathParam("upload") UUID id, @Nullable @HeaderParam("Tus-Resumable") String version)
            throws IOException {
        requireVersion(version);
        transfer.discard(uploads.require(id, caller.party()));
        return Response.noContent().header("Tus-Resumable", VERSION).build();
    }

    /** The headers of a part. */
    static final class Part {
        @Nullable
        @HeaderParam("Tus-Resumable")
        String version;

        @Nullable
        @HeaderParam("Upload-Offset")
        Long offset;

        @Nullable
        @HeaderParam("Upload-Checksum")
        String checksum;
    }

    private static void requireVersion(@Nullable String version) {
        if (!VERSION.equals(version)) {
            throw Refused.with(ProblemCode.TUS_VERSION_UNSUPPORTED, "Tus-Resumable: " + VERSION);
        }
    }
}
