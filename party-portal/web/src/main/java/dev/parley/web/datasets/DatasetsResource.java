package dev.parley.web.datasets;

import dev.parley.protocol.wire.HeldDatasetList;
import dev.parley.web.http.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** This party's sealed datasets in all rooms. */
@Path("/v1/datasets")
@RolesAllowed({Role.ANALYST, Role.STEWARD, Role.APPROVER})
@Produces(MediaType.APPLICATION_JSON)
public final class DatasetsResource {
    private final DatasetRegister register;

    DatasetsResource(DatasetRegister register) {
        this.register = register;
    }

    @GET
    public HeldDatasetList list() {
        return register.list();
    }
}
