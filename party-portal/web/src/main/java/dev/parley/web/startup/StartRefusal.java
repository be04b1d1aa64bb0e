package dev.parley.web.startup;

/** Something without which this process must not run is missing or wrong. */
public final class StartRefusal {
    /** What the process exits with. */
    public static final int EXIT_CODE = 3;

    private StartRefusal() {}

    /**
     * Ends the process at once with one line on standard error.
     *
     * <p>Halts rather than exits: the framework's shutdown hook would wait for the start that it is called from. Nothing
     * has been served yet, and the database forgets its connections.
     *
     * @param line begins with a stable code
     */
    public static IllegalStateException end(String line) {
        System.err.println(line);
        System.err.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
        return new IllegalStateException(line);
    }
}
