package dev.parley.enclave.channel;

import static java.util.Objects.requireNonNull;

/** The host did not do what was asked. */
public final class HostError extends Exception {
    private static final long serialVersionUID = 1L;

    /** A code of the specification, or one that a broker sent through the host. */
    private final String code;

    public HostError(String code) {
        super(requireNonNull(code));
        this.code = code;
    }

    public HostError(String code, Throwable cause) {
        super(requireNonNull(code), cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
