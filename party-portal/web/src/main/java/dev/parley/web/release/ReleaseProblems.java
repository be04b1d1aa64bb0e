package dev.parley.web.release;

import dev.parley.web.http.Refused;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The broker's refusals as problems, under their own codes. */
final class ReleaseProblems {
    @ServerExceptionMapper
    Response refused(ReleaseRefusal refusal) {
        var status = refusal.code().equals(ReleaseCode.MALFORMED_REQUEST.name()) ? 400 : 422;
        return Response.status(status)
                .type(MediaType.valueOf("application/problem+json"))
                .entity(Refused.problem(status, "The broker refuses", refusal.code(), refusal.detail()))
                .build();
    }
}
