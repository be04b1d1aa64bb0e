package dev.parley.protocol.attestation;

/** Carries a reason out of the depth of decoding; never leaves this package. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Refused(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    static void unless(boolean right, Reason reason) throws Refused {
        if (!right) {
            throw new Refused(reason);
        }
    }
}
