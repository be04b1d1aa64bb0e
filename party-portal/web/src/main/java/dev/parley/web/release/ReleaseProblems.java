package dev.parley.web.release;

import dev.parley.protocol.attestation.Reason;
import dev.parley.web.http.Refused;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The broker's refusals as problems, under their own codes. */
final class ReleaseProblems {
    @ServerExceptionMapper
    Response refused(ReleaseRefusal refusal) {
        var status = status(refusal);
        return Response.status(status)
                .type(MediaType.valueOf("application/problem+json"))
                .entity(Refused.problem(status, "The broker refuses", refusal.code(), refusal.detail()))
                .build();
    }

    private static int status(ReleaseRefusal refusal) {
        if (refusal.code().equals(ReleaseCode.MALFORMED_REQUEST.name())) {
            return 400;
        }
        // Refused by its size, before anything of it was read.
        return refusal.detail().equals(Reason.TOO_LARGE.name()) ? 413 : 422;
    }
}
