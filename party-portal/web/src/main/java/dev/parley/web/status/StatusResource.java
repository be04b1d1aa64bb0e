package dev.parley.web.status;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.wire.StatusView;
import dev.parley.web.http.Role;
import dev.parley.web.keys.PartyKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who this is, for the party's own people: what they compare with other parties, and wrap dataset keys to. */
@Path("/v1/status")
@RolesAllowed({Role.ANALYST, Role.STEWARD, Role.APPROVER})
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
    private final PartyKeys keys;
    private final TrustRoots roots;

    StatusResource(PartyKeys keys, TrustRoots roots) {
        this.keys = keys;
        this.roots = roots;
    }

    @GET
    public StatusView show() {
        return new StatusView(
                keys.broker().party().value(),
                weakestDomain().text(),
                false,
                keys.root().thumbprint().print(),
                keys.broker().signingKey().verificationKey().jwk(),
                keys.broker().wrapKey().jwk());
    }

    /** Where a simulated root is configured, people must be told. */
    private TrustDomain weakestDomain() {
        return roots.roots().stream().anyMatch(root -> root.trustDomain() == TrustDomain.SIMULATED)
                ? TrustDomain.SIMULATED
                : TrustDomain.AWS_NITRO;
    }
}
