package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

/**
 * A run that gives no result. Carries a code and nothing else: no cause, no message of the engine and no stack, since all
 * of these can hold values of the data.
 */
public final class EngineFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; see {@code docs/errors.md}. All but the last two are decided before data is touched. */
    public enum Code {
        /** The plan asks for something that its datasets or limits do not allow. */
        PLAN_UNSUPPORTED,
        /** A sealed dataset has other columns than the policy bundle says. */
        SCHEMA_MISMATCH,
        /** The declared domains give more groups than a result may have. */
        TOO_MANY_GROUPS,
        /** The noise that the limits demand is too wide to be drawn, or ε too small to be split. */
        NOISE_UNSUPPORTED,
        /** A block of a sealed dataset does not open. */
        DATA_UNREADABLE,
        /** Anything that depends on the data: memory, the engine, the number of groups found. */
        RUN_FAILED
    }

    private final Code code;

    public EngineFailure(Code code) {
        super(requireNonNull(code).name(), null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
