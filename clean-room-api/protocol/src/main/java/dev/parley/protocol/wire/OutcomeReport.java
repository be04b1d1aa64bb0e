package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * How a run ended. The message has, beside the token and the isolation, exactly one member: {@code delivered},
 * {@code refused} or {@code failed}.
 *
 * @param isolation what kept the enclave apart, in the host's words
 */
public record OutcomeReport(long fencingToken, Outcome outcome, String isolation) implements Message {
    public OutcomeReport {
        requireNonNull(outcome);
        requireNonNull(isolation);
    }

    public sealed interface Outcome {}

    /**
     * Sealed results with the receipt that names them.
     *
     * @param receipt the canonical receipt, in base64url
     * @param evidence the attestation document that covers it, in base64url
     */
    public record Delivered(String receipt, String evidence, List<Result> results) implements Outcome {
        public Delivered {
            requireNonNull(receipt);
            requireNonNull(evidence);
            results = List.copyOf(results);
        }
    }

    /** Final: asking again does not help. */
    public record Refused(String code) implements Outcome {
        public Refused {
            requireNonNull(code);
        }
    }

    /** May pass when tried again. */
    public record Failed(String code) implements Outcome {
        public Failed {
            requireNonNull(code);
        }
    }

    /** One recipient's sealed result, in base64url. */
    public record Result(String recipient, String sealed) {
        public Result {
            requireNonNull(recipient);
            requireNonNull(sealed);
        }

        static Result read(Fields fields) throws Malformed {
            return new Result(fields.string("recipient"), fields.string("sealed"));
        }

        Json.Obj json() {
            return Json.object()
                    .put("recipient", recipient)
                    .put("sealed", sealed)
                    .build();
        }
    }

    public static OutcomeReport read(Fields fields) throws Malformed {
        return new OutcomeReport(fields.integer("fencingToken"), readOutcome(fields), fields.string("isolation"));
    }

    private static Outcome readOutcome(Fields fields) throws Malformed {
        if (fields.has("delivered")) {
            var delivered = fields.object("delivered");
            var outcome = new Delivered(
                    delivered.string("receipt"),
                    delivered.string("evidence"),
                    delivered.objects("results", Result::read));
            delivered.end();
            return outcome;
        }
        return fields.has("refused")
                ? new Refused(readCode(fields, "refused"))
                : new Failed(readCode(fields, "failed"));
    }

    private static String readCode(Fields fields, String member) throws Malformed {
        var ended = fields.object(member);
        var code = ended.string("code");
        ended.end();
        return code;
    }

    @Override
    public Json.Obj json() {
        var message = Json.object().put("fencingToken", fencingToken).put("isolation", isolation);
        switch (outcome) {
            case Delivered(var receipt, var evidence, var results) ->
                message.put(
                        "delivered",
                        Json.object()
                                .put("receipt", receipt)
                                .put("evidence", evidence)
                                .put("results", Json.array(results, Result::json))
                                .build());
            case Refused(var code) ->
                message.put("refused", Json.object().put("code", code).build());
            case Failed(var code) ->
                message.put("failed", Json.object().put("code", code).build());
        }
        return message.build();
    }
}
