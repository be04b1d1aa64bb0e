package dev.parley.simulator.securitymodule;

/**
 * The error codes of the NSM API, which are texts on the wire. A module never answers {@code Success}, which is no error,
 * nor {@code InvalidResponse}, which clients say of a module; they stand here so that the list is whole.
 */
enum NsmError {
    SUCCESS("Success"),
    /** Arguments that are of the right types, and mean nothing. */
    INVALID_ARGUMENT("InvalidArgument"),
    INVALID_INDEX("InvalidIndex"),
    INVALID_RESPONSE("InvalidResponse"),
    READ_ONLY_INDEX("ReadOnlyIndex"),
    /** Bytes that are no request, or a request whose arguments are missing or of other types. */
    INVALID_OPERATION("InvalidOperation"),
    /** The response would not fit. */
    BUFFER_TOO_SMALL("BufferTooSmall"),
    INPUT_TOO_LARGE("InputTooLarge"),
    INTERNAL_ERROR("InternalError");

    private final String text;

    NsmError(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
