package dev.parley.image;

/** The image cannot be built here; the message says what is missing. */
public final class BuildFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public BuildFailed(String message) {
        super(message);
    }
}
