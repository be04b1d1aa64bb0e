package dev.parley.enclave.intake;

import static java.util.Objects.requireNonNull;

/** The run ends without a result. The code is all that anyone learns. */
public final class RunEnded extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final String code;

    private RunEnded(Outcome outcome, String code) {
        super(requireNonNull(code), null, false, false);
        this.outcome = outcome;
        this.code = code;
    }

    /** Whether trying again could help. */
    public enum Outcome {
        REFUSED("refused"),
        FAILED("failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A rule or a verification says no; it would say so again. */
    public static RunEnded refused(String code) {
        return new RunEnded(Outcome.REFUSED, code);
    }

    /** Something broke on the way. */
    public static RunEnded failed(String code) {
        return new RunEnded(Outcome.FAILED, code);
    }

    public Outcome outcome() {
        return outcome;
    }

    public String code() {
        return code;
    }
}
