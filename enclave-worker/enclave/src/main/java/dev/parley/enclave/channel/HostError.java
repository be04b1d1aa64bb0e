package dev.parley.enclave.channel;

import static java.util.Objects.requireNonNull;

/** The host did not do what was asked. */
public final class HostError extends Exception {
    private static final long serialVersionUID = 1L;

    /** A code of the specification, or one that a broker sent through the host. */
    private final String code;

    /** The host or a broker behind it said so. */
    HostError(String code) {
        super(requireNonNull(code));
        this.code = code;
    }

    public HostError(ChannelCode code) {
        this(code.name());
    }

    public HostError(ChannelCode code, Throwable cause) {
        super(code.name(), cause);
        this.code = code.name();
    }

    public String code() {
        return code;
    }
}
