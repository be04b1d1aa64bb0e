package dev.parley.server.log;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.ConsistencyProof;
import dev.parley.protocol.wire.InclusionProof;
import dev.parley.protocol.wire.LogEntries;
import dev.parley.protocol.wire.LogKeyView;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log for everyone: no token is needed, there is nothing to hide. */
@Path("/v1/log")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public final class LogResource {
    private static final int PAGE = 1000;

    private final Log log;

    LogResource(Log log) {
        this.log = log;
    }

    @GET
    @Path("key")
    public LogKeyView key() {
        return new LogKeyView(log.key().origin(), log.key().publicKey().base64Url());
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return log.checkpoint().note();
    }

    /** From {@code from}, inclusive, to {@code to}, exclusive; at most {@value #PAGE} at once. */
    @GET
    @Path("entries")
    public LogEntries entries(@QueryParam("from") @DefaultValue("0") long from, @QueryParam("to") @Nullable Long to) {
        var last = to == null ? from + PAGE : Math.min(to, from + PAGE);
        require(from >= 0 && from <= last, "from is not negative and not behind to");
        return new LogEntries(
                log.entries(from, last).stream().map(Bytes::base64Url).toList());
    }

    @GET
    @Path("proofs/inclusion")
    public InclusionProof inclusion(@QueryParam("index") long index, @QueryParam("size") @Nullable Long size) {
        return log.tree(tree -> {
            var of = size == null ? tree.size() : size;
            require(index >= 0 && index < of && of <= tree.size(), "index lies below size, size in the log");
            return new InclusionProof(index, log.leafHash(index).hex(), hex(tree.inclusionProof(index, of)));
        });
    }

    @GET
    @Path("proofs/consistency")
    public ConsistencyProof consistency(@QueryParam("from") long from, @QueryParam("to") @Nullable Long to) {
        return log.tree(tree -> {
            var of = to == null ? tree.size() : to;
            require(from >= 1 && from <= of && of <= tree.size(), "from is at least 1, to is in the log");
            return new ConsistencyProof(hex(tree.consistencyProof(from, of)));
        });
    }

    private static List<String> hex(List<Sha256Digest> proof) {
        return proof.stream().map(Sha256Digest::hex).toList();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw Refused.with(ProblemCode.MALFORMED, rule);
        }
    }
}
