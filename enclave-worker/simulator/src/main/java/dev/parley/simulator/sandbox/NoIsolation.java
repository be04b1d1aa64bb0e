package dev.parley.simulator.sandbox;

/** This machine cannot isolate an enclave; the message is one line that says what was tried. */
public final class NoIsolation extends Exception {
    private static final long serialVersionUID = 1L;

    public NoIsolation(String message) {
        super(message);
    }
}
