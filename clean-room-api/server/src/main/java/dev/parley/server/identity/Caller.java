package dev.parley.server.identity;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of this request. */
@RequestScoped
public class Caller {
    private static final String PARTY = "party";

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /** The one party that the caller acts for. */
    public PartyId party() {
        if (token.getClaim(PARTY) instanceof String party) {
            try {
                return PartyId.parse(party);
            } catch (Malformed e) {
                throw Refused.with(ProblemCode.TOKEN_WITHOUT_PARTY, "claim " + PARTY + " is not a party's id");
            }
        }
        throw Refused.with(ProblemCode.TOKEN_WITHOUT_PARTY, "claim " + PARTY + " is missing");
    }
}
