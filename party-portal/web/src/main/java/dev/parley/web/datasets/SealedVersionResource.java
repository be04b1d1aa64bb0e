package dev.parley.web.datasets;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.wire.HeldDataset;
import dev.parley.protocol.wire.HeldDatasetView;
import dev.parley.web.http.Body;
import dev.parley.web.http.Refused;
import dev.parley.web.http.Role;
import dev.parley.web.keys.BrokerKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;

/** One sealed version of this party's data, for its stewards. */
@Path("/v1/rooms/{room}/datasets/{dataset}/versions/{version}")
@RolesAllowed(Role.STEWARD)
@Produces(MediaType.APPLICATION_JSON)
public final class SealedVersionResource {
    private final DatasetRegister register;
    private final Registration registration;
    private final BrokerKeys keys;

    SealedVersionResource(DatasetRegister register, Registration registration, BrokerKeys keys) {
        this.register = register;
        this.registration = registration;
        this.keys = keys;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<HeldDatasetView> hold(
            @PathParam("room") String room,
            @PathParam("dataset") String dataset,
            @PathParam("version") int version,
            InputStream body)
            throws Malformed, BadSignature {
        var held = Body.message(body, HeldDataset::read);
        var manifest = Jws.parse(held.manifest());
        var wrapped = WrappedDatasetKey.parse(
                Json.parseCanonical(Bytes.parseBase64Url(held.wrappedKey())).asObject());
        return registration
                .register(sealed(room, dataset, version), manifest, wrapped)
                .response();
    }

    @DELETE
    public void shred(
            @PathParam("room") String room, @PathParam("dataset") String dataset, @PathParam("version") int version)
            throws Malformed {
        register.shred(sealed(room, dataset, version));
    }

    private SealedVersion sealed(String room, String dataset, int version) throws Malformed {
        if (version < 1) {
            throw Refused.notFound();
        }
        return new SealedVersion(RoomId.parse(room), DatasetId.parse(dataset), version, keys.party());
    }
}
