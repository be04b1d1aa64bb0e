package dev.parley.web.release;

import static java.util.Objects.requireNonNull;

/** The broker says no. The code is stable; the detail names rules and places, never a value. */
public final class ReleaseRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    public ReleaseRefusal(ReleaseCode code) {
        this(code.name(), "");
    }

    public ReleaseRefusal(String code, String detail) {
        super(requireNonNull(code), null, false, false);
        this.code = code;
        this.detail = requireNonNull(detail);
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
