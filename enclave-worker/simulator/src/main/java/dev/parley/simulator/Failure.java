package dev.parley.simulator;

/** The platform cannot start; one line says why, and the exit code which kind. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    static final int USAGE = 2;
    static final int NO_ISOLATION = 3;
    static final int BAD_IMAGE = 4;
    static final int IN_USE = 5;
    static final int INPUT_OUTPUT = 1;

    private final int exit;

    Failure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
