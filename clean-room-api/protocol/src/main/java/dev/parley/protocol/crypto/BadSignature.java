package dev.parley.protocol.crypto;

/** A statement that the expected key did not sign, or not as this kind of statement. */
public final class BadSignature extends Exception {
    private static final long serialVersionUID = 1L;

    public BadSignature(String message) {
        super(message);
    }
}
