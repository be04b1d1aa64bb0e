package dev.parley.host.broker;

import dev.parley.host.web.Web;
import dev.parley.host.web.Web.Bounds;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The release endpoints of the brokers that a bundle names. */
public final class Brokers {
    /**
     * Half of what an enclave bears with ({@code enclave-channel.md} §2), since the answer still has to be reported. The
     * size is far above any statement: what a broker sends must not fill this host's memory.
     */
    private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(12), 1 << 20);

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    private final Web web;
    private final PolicyBundle bundle;

    public Brokers(Web web, PolicyBundle bundle) {
        this.web = web;
        this.bundle = bundle;
    }

    /** The three questions of the key release. */
    public enum Question {
        CHALLENGE("challenges"),
        PREPARE("prepare"),
        COMMIT("commit");

        private final String path;

        Question(String path) {
            this.path = path;
        }
    }

    /** What the host says in a broker's place. */
    public enum Code {
        BROKER_UNREACHABLE,
        PARTY_UNKNOWN
    }

    /** A broker said no; its code goes back to the enclave. */
    public static final class BrokerRefusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        BrokerRefusal(String code) {
            super(code);
            this.code = code;
        }

        BrokerRefusal(Code code) {
            this(code.name());
        }

        public String code() {
            return code;
        }
    }

    /** The statement that the party's broker answers with, as compact text. */
    public String ask(PartyId party, Question question, Bytes body) throws BrokerRefusal, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint(party, question))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toArray()))
                .build();
        try {
            var response = web.send(request, BOUNDS);
            if (response.statusCode() / 100 != 2) {
                throw new BrokerRefusal(code(Bytes.takeOwnershipOf(response.body())));
            }
            return new String(response.body(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new BrokerRefusal(Code.BROKER_UNREACHABLE);
        }
    }

    private URI endpoint(PartyId party, Question question) throws BrokerRefusal {
        var broker = bundle.party(party).map(Party::broker);
        if (broker.isEmpty()) {
            throw new BrokerRefusal(Code.PARTY_UNKNOWN);
        }
        var base = broker.get().toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "v1/release/" + question.path);
    }

    private static String code(Bytes problem) {
        try {
            var code = Message.parse(problem, Problem::read).code();
            // The enclave ends the channel over anything else, and nobody would learn why.
            return CODE.matcher(code).matches() ? code : Code.BROKER_UNREACHABLE.name();
        } catch (Malformed e) {
            return Code.BROKER_UNREACHABLE.name();
        }
    }
}
