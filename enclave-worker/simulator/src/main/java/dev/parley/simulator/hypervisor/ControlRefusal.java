package dev.parley.simulator.hypervisor;

/** Leads to a {@link ControlReply.Refused}. */
final class ControlRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ControlReply.Code code;

    ControlRefusal(ControlReply.Code code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    ControlReply.Code code() {
        return code;
    }
}
