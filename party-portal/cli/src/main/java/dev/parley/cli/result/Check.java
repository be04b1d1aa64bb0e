package dev.parley.cli.result;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.json.Json;
import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param name in a word or two
 * @param meaning what holds if it passed
 * @param code why it failed
 */
record Check(String name, String meaning, Outcome outcome, Optional<String> code) {
    Check {
        requireNonNull(name);
        requireNonNull(meaning);
        requireNonNull(outcome);
        requireNonNull(code);
    }

    enum Outcome {
        PASSED("ok"),
        FAILED("FAILED"),
        /** An earlier one failed. */
        NOT_CHECKED("-");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Json.Obj json() {
        return Json.object()
                .put("check", name)
                .put("meaning", meaning)
                .put("outcome", outcome.name())
                .put("code", code.orElse(null))
                .build();
    }
}
