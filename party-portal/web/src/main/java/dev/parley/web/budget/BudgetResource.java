package dev.parley.web.budget;

import dev.parley.protocol.wire.BudgetView;
import dev.parley.web.http.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The party's budgets, for its own people. */
@Path("/v1/budget")
@RolesAllowed({Role.ANALYST, Role.STEWARD, Role.APPROVER})
@Produces(MediaType.APPLICATION_JSON)
public final class BudgetResource {
    private final Accounts accounts;

    BudgetResource(Accounts accounts) {
        this.accounts = accounts;
    }

    @GET
    public BudgetView show() {
        return accounts.view();
    }
}
