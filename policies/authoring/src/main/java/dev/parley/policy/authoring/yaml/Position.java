package dev.parley.policy.authoring.yaml;

import static java.util.Objects.requireNonNull;

/** A place in a file of the room folder; line and column count from 1. */
public record Position(String file, int line, int column) {
    public Position {
        requireNonNull(file);
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1");
        }
    }

    public static Position startOf(String file) {
        return new Position(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
