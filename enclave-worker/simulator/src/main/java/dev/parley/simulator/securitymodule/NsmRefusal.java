package dev.parley.simulator.securitymodule;

/** Leads from wherever a request is found wanting to the one place that answers with an error. */
final class NsmRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final NsmError error;

    NsmRefusal(NsmError error) {
        super(error.text(), null, false, false);
        this.error = error;
    }

    NsmError error() {
        return error;
    }
}
