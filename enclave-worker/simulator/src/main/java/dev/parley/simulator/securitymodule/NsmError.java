package dev.parley.simulator.securitymodule;

/** The error codes of the NSM API, which are texts on the wire. */
enum NsmError {
    INVALID_ARGUMENT("InvalidArgument"),
    INVALID_INDEX("InvalidIndex"),
    READ_ONLY_INDEX("ReadOnlyIndex"),
    INVALID_OPERATION("InvalidOperation"),
    INPUT_TOO_LARGE("InputTooLarge");

    private final String text;

    NsmError(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
