package dev.parley.protocol.crypto;

/** A locked key did not open. Whether the passphrase was wrong or the file was changed cannot be told apart. */
public final class WrongPassphrase extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongPassphrase() {
        super("wrong passphrase, or the locked key was changed");
    }
}
