package dev.parley.policy.sql;

/** A place in a SQL text; both count from 1, columns in UTF-16 units. */
public record Position(int line, int column) {
    static final Position START = new Position(1, 1);

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1");
        }
    }

    /** Where the character at {@code offset} of {@code text} stands. */
    static Position of(CharSequence text, int offset) {
        var line = 1;
        var column = 1;
        for (var i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Position(line, column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
