package dev.parley.policy.authoring;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.authoring.yaml.Position;

/**
 * Something to say about a room folder.
 *
 * @param code a stable code: of {@link FindingCode}, of the YAML reader, of the policy checker or of the SQL compiler
 * @param message for people; quotes names of the policy, never data
 */
public record Finding(Severity severity, String code, Position at, String message) {
    public Finding {
        requireNonNull(severity);
        requireNonNull(code);
        requireNonNull(at);
        requireNonNull(message);
    }

    /** Whether it keeps the folder from becoming a bundle. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(FindingCode code, Position at, String message) {
        return new Finding(Severity.ERROR, code.name(), at, message);
    }

    static Finding warning(FindingCode code, Position at, String message) {
        return new Finding(Severity.WARNING, code.name(), at, message);
    }

    /** As compilers print it: {@code file:line:column: severity: message [CODE]}. */
    @Override
    public String toString() {
        return at + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message + " [" + code + "]";
    }
}
