package dev.parley.cli.console;

/** What a script sees of a command. */
public enum ExitCode {
    DONE(0),
    /** A rule, a verification or a service said no. */
    REFUSED(1),
    /** Wrong usage or bad input. */
    BAD_INPUT(2),
    /** A service could not be reached, or could not answer. */
    UNREACHABLE(3),
    /** A mistake in this program. */
    DEFECT(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
