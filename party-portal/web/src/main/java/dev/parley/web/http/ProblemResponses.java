package dev.parley.web.http;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every way in which a request can fail into a problem. */
final class ProblemResponses {
    static final String PROBLEM_JSON = "application/problem+json";
    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

    @ServerExceptionMapper
    Response refused(Refused refused) {
        return response(refused.problem()).build();
    }

    @ServerExceptionMapper
    Response malformed(Malformed malformed) {
        return of(ProblemCode.MALFORMED, String.valueOf(malformed.getMessage()));
    }

    @ServerExceptionMapper
    Response badSignature(BadSignature badSignature) {
        return of(ProblemCode.WRONG_SIGNATURE, "no key of this party with this use signed it");
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated(SecurityException exception) {
        return response(Refused.problem(ProblemCode.UNAUTHENTICATED, "send a bearer token of the party's own realm"))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException exception) {
        return of(ProblemCode.FORBIDDEN, "a role is missing");
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException exception) {
        var allow = exception.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return response(Refused.problem(ProblemCode.METHOD_NOT_ALLOWED, "see the API's description"))
                .header(HttpHeaders.ALLOW, allow)
                .build();
    }

    /** What the framework itself refuses: paths, media types, lengths. */
    @ServerExceptionMapper
    Response framework(WebApplicationException exception) {
        var status = exception.getResponse().getStatus();
        var code = Arrays.stream(ProblemCode.values())
                .filter(c -> c.status() == status)
                .findFirst()
                .orElse(status < 500 ? ProblemCode.MALFORMED : ProblemCode.INTERNAL);
        return of(code, code == ProblemCode.INTERNAL ? "see the server's log" : "see the API's description");
    }

    @ServerExceptionMapper
    Response bug(Exception exception) {
        LOG.error("request failed", exception);
        return of(ProblemCode.INTERNAL, "see the server's log");
    }

    private static Response of(ProblemCode code, String detail) {
        return response(Refused.problem(code, detail)).build();
    }

    private static Response.ResponseBuilder response(Problem problem) {
        return Response.status(problem.status()).type(PROBLEM_JSON).entity(problem);
    }
}
