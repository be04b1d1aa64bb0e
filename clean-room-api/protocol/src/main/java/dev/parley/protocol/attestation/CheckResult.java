package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.json.Json;

/** What became of one step of the checklist. */
public record CheckResult(Check check, Outcome outcome) {
    public CheckResult {
        requireNonNull(check);
        requireNonNull(outcome);
    }

    /** How a step ended. */
    public sealed interface Outcome {
        record Passed() implements Outcome {}

        record Failed(Reason reason) implements Outcome {
            public Failed {
                requireNonNull(reason);
            }
        }

        /** An earlier step failed. */
        record NotReached() implements Outcome {}

        /** Whoever asked did not want to know this. */
        record NotAsked() implements Outcome {}

        /** The word for it in reports. */
        default String word() {
            return switch (this) {
                case Passed() -> "passed";
                case Failed(var reason) -> "FAILED";
                case NotReached() -> "not reached";
                case NotAsked() -> "not asked";
            };
        }
    }

    public boolean passed() {
        return outcome instanceof Outcome.Passed;
    }

    public Json.Obj json() {
        return Json.object()
                .put("number", check.number())
                .put("check", check.name())
                .put("demand", check.demand())
                .put("outcome", outcome.word())
                .put("reason", outcome instanceof Outcome.Failed(var reason) ? reason.name() : null)
                .put("proof", passed() ? check.proof() : null)
                .build();
    }
}
