package dev.parley.cli.seal;

import static java.util.Objects.requireNonNull;

/** A cell that its column cannot take. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final SealCode code;

    Unfit(SealCode code) {
        super(code.name(), null, false, false);
        this.code = requireNonNull(code);
    }

    SealCode code() {
        return code;
    }
}
