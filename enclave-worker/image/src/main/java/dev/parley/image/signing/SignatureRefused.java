package dev.parley.image.signing;

import dev.parley.image.signing.SignatureVerdict.Reason;

/** An image whose signature does not hold, or cannot be made with this key and certificate. */
public final class SignatureRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    SignatureRefused(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
