package dev.parley.web.release;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.ChallengeRequest;
import dev.parley.protocol.wire.Message;
import dev.parley.web.http.Body;
import dev.parley.web.http.ProblemCode;
import dev.parley.web.http.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** The three questions of an enclave. Nobody signs in here: evidence is what speaks. */
@Path("/v1/release")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces("application/jose")
public final class ReleaseResource {
    private final KeyBroker broker;
    private final RateLimit limit;
    private final MeterRegistry meters;

    ReleaseResource(KeyBroker broker, RateLimit limit, MeterRegistry meters) {
        this.broker = broker;
        this.limit = limit;
        this.meters = meters;
    }

    @POST
    @Path("challenges")
    public String challenge(InputStream body, @Context HttpServerRequest request) throws ReleaseRefusal {
        return answer("challenge", request, body, bytes -> {
            var asked = Message.parse(bytes, ChallengeRequest::read);
            return broker.challenge(RoomId.parse(asked.room()), Jws.parse(asked.runRequest()));
        });
    }

    @POST
    @Path("prepare")
    public String prepare(InputStream body, @Context HttpServerRequest request) throws ReleaseRefusal {
        return answer("prepare", request, body, bytes -> broker.prepare(PrepareRequest.parse(bytes)));
    }

    @POST
    @Path("commit")
    public String commit(InputStream body, @Context HttpServerRequest request) throws ReleaseRefusal {
        return answer("commit", request, body, bytes -> broker.commit(CommitRequest.parse(bytes)));
    }

    private interface Question {
        Jws ask(Bytes body) throws Malformed, ReleaseRefusal;
    }

    private String answer(String question, HttpServerRequest request, InputStream body, Question asked)
            throws ReleaseRefusal {
        if (!limit.allows(request.remoteAddress().hostAddress())) {
            throw Refused.with(ProblemCode.RATE_LIMITED, "try again in a second");
        }
        try {
            var statement = asked.ask(Body.bytes(body)).compact();
            count(question, "OK");
            return statement;
        } catch (Malformed e) {
            count(question, ReleaseCode.MALFORMED_REQUEST.name());
            throw new ReleaseRefusal(ReleaseCode.MALFORMED_REQUEST.name(), String.valueOf(e.getMessage()));
        } catch (ReleaseRefusal e) {
            count(question, e.code());
            throw e;
        }
    }

    private void count(String question, String outcome) {
        meters.counter("parley.release", "question", question, "outcome", outcome)
                .increment();
    }
}
