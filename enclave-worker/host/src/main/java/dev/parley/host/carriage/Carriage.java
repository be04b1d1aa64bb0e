package dev.parley.host.carriage;

import dev.parley.host.broker.Brokers;
import dev.parley.host.broker.Brokers.BrokerRefusal;
import dev.parley.host.broker.Brokers.Question;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.ChallengeRequest;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.protocol.wire.StepReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Answers the questions of one enclave about one run. */
final class Carriage {
    private static final String GRANTED = "GRANTED";
    private static final String KEYS_RELEASED = "KEYS_RELEASED";

    private final RunClaim claim;
    private final OperatorApi operator;
    private final Brokers brokers;
    private final String room;
    private final Map<DatasetId, Integer> versions;
    private final AtomicReference<OutcomeReport.Outcome> outcome = new AtomicReference<>();
    private volatile Optional<String> role = Optional.empty();

    Carriage(RunClaim claim, Links links, String room, Map<DatasetId, Integer> versions) {
        this.claim = claim;
        this.operator = links.operator();
        this.brokers = links.brokers();
        this.room = room;
        this.versions = Map.copyOf(versions);
    }

    /** Whom this host can reach. */
    record Links(OperatorApi operator, Brokers brokers) {}

    /** Whom the claim is given to; before it asks. */
    void boarded(LaunchedEnclave enclave) {
        role = enclave.role();
    }

    /** How the run ended, once the enclave has said so. */
    Optional<OutcomeReport.Outcome> outcome() {
        return Optional.ofNullable(outcome.get());
    }

    /** The members of the answer; the caller adds the id. */
    Cbor.Builder answer(String call, CborFields question)
            throws Malformed, IOException, InterruptedException, BrokerRefusal {
        var answer = switch (call) {
            case "start" -> start(question);
            case "challenge" -> challenge(question);
            case "prepare" -> ask(question, Question.PREPARE, "grant", GRANTED);
            case "commit" -> ask(question, Question.COMMIT, "release", KEYS_RELEASED);
            case "consistency" -> consistency(question);
            case "read" -> read(question);
            case "step" -> step(question);
            case "deliver" -> deliver(question);
            case "end" -> end(question);
            default -> throw new Malformed("unknown call");
        };
        question.end();
        return answer;
    }

    private Cbor.Builder start(CborFields question) throws Malformed {
        if (!question.text("protocol").equals("parley-enclave/1")) {
            throw new Malformed("unknown protocol");
        }
        return Cbor.map()
                .put("bundle", Bytes.parseBase64Url(claim.bundle()))
                .put("approvals", texts(claim.approvals()))
                .put("runRequest", claim.runRequest())
                .put("manifests", texts(claim.manifests()))
                .put("configuration", claim.configuration().canonical())
                .put("checkpoint", claim.checkpoint())
                .put("role", role.<Cbor>map(Cbor::of).orElseGet(Cbor.Null::new));
    }

    private Cbor.Builder challenge(CborFields question) throws Malformed, InterruptedException, BrokerRefusal {
        var party = PartyId.parse(question.text("party"));
        var body = new ChallengeRequest(room, claim.runRequest()).json().canonical();
        return Cbor.map().put("challenge", brokers.ask(party, Question.CHALLENGE, body));
    }

    /** Each grant and release becomes an entry of the log, by its digest, before the enclave goes on. */
    private Cbor.Builder ask(CborFields fields, Question question, String member, String step)
            throws Malformed, IOException, InterruptedException, BrokerRefusal {
        var party = PartyId.parse(fields.text("party"));
        var statement = brokers.ask(party, question, fields.octets("body"));
        var digest = Sha384Digest.of(Bytes.utf8(statement)).hex();
        operator.report(claim, new StepReport(claim.fencingToken(), step, party.value(), digest));
        return Cbor.map().put(member, statement);
    }

    private Cbor.Builder consistency(CborFields question) throws Malformed, IOException, InterruptedException {
        var from = question.integer("from", 1, Long.MAX_VALUE);
        var to = question.integer("to", from, Long.MAX_VALUE);
        List<Cbor> proof = new ArrayList<>();
        for (var digest : operator.consistency(from, to).proof()) {
            proof.add(Cbor.of(Bytes.parseHex(digest)));
        }
        return Cbor.map().put("proof", new Cbor.Arr(proof));
    }

    private Cbor.Builder read(CborFields question) throws Malformed, IOException, InterruptedException {
        var dataset = DatasetId.parse(question.text("dataset"));
        var version = versions.get(dataset);
        if (version == null) {
            throw new Malformed("dataset is not part of the run");
        }
        var offset = question.integer("offset", 0, Long.MAX_VALUE);
        var length = (int) question.integer("length", 1, 4 << 20);
        var path = "/v1/rooms/" + room + "/datasets/" + dataset + "/versions/" + version + "/ciphertext";
        return Cbor.map().put("data", operator.ciphertext(path, offset, length));
    }

    private Cbor.Builder step(CborFields question) throws Malformed, IOException, InterruptedException {
        var step = question.text("step");
        // Each broker's answer was reported when it came, with its digest.
        if (!step.equals(GRANTED) && !step.equals(KEYS_RELEASED)) {
            operator.report(claim, new StepReport(claim.fencingToken(), step, null, null));
        }
        return Cbor.map();
    }

    private Cbor.Builder deliver(CborFields question) throws Malformed {
        List<OutcomeReport.Result> results = new ArrayList<>();
        for (var item : question.array("results")) {
            var result = item.asDict().fields();
            results.add(new OutcomeReport.Result(
                    result.text("recipient"), result.octets("sealed").base64Url()));
            result.end();
        }
        end(new OutcomeReport.Delivered(
                question.octets("receipt").base64Url(),
                question.octets("evidence").base64Url(),
                results));
        return Cbor.map();
    }

    private Cbor.Builder end(CborFields question) throws Malformed {
        var code = question.text("code");
        end(
                switch (question.text("outcome")) {
                    case "refused" -> new OutcomeReport.Refused(code);
                    case "failed" -> new OutcomeReport.Failed(code);
                    default -> throw new Malformed("unknown outcome");
                });
        return Cbor.map();
    }

    /** The first word is the last: an enclave that saw no answer to its delivery may say that it failed. */
    private void end(OutcomeReport.Outcome how) throws Malformed {
        if (!outcome.compareAndSet(null, how)) {
            throw new Malformed("the run has ended");
        }
    }

    private static Cbor.Arr texts(List<String> texts) {
        return new Cbor.Arr(texts.stream().map(Cbor::of).toList());
    }
}
