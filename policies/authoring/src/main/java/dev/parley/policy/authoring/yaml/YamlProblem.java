package dev.parley.policy.authoring.yaml;

import static java.util.Objects.requireNonNull;

/** Why a file is not what it should be, and where. Caught where files are compiled; never leaves the module. */
public final class YamlProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Position position;

    public YamlProblem(Code code, Position position, String message) {
        super(requireNonNull(message));
        this.code = requireNonNull(code);
        this.position = requireNonNull(position);
    }

    public Code code() {
        return code;
    }

    public Position position() {
        return position;
    }

    /** The message, which the constructor demands. */
    public String text() {
        return requireNonNull(getMessage());
    }

    /** Stable codes; {@code docs/errors.md} has a row for each. */
    public enum Code {
        YAML_TOO_LARGE,
        YAML_TOO_DEEP,
        YAML_NOT_UTF8,
        YAML_INVISIBLE_CHARACTER,
        YAML_SYNTAX,
        YAML_ANCHOR,
        YAML_ALIAS,
        YAML_TAG,
        YAML_DIRECTIVE,
        YAML_SECOND_DOCUMENT,
        YAML_DUPLICATE_KEY,
        YAML_KEY_NOT_TEXT,
        UNKNOWN_KEY,
        MISSING_KEY,
        WRONG_KIND_OF_FILE,
        EXPECTED_MAP,
        EXPECTED_LIST,
        EXPECTED_TEXT,
        BAD_VALUE,
        UNKNOWN_NAME,
        DEFINED_TWICE
    }
}
