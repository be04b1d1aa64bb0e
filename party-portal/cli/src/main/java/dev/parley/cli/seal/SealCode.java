package dev.parley.cli.seal;

/** Why a file is not sealed: stable codes; {@code docs/errors.md} has a row for each. */
public enum SealCode {
    CSV_UNREADABLE("the file cannot be read"),
    CSV_EMPTY("the file is empty"),
    CSV_NO_ROWS("the file has a header and no rows"),
    CSV_ENCODING("the file is UTF-16 or UTF-32; save it as UTF-8"),
    CSV_NOT_UTF8("not UTF-8"),
    CSV_ZERO_BYTE("a zero byte, which no text has"),
    CSV_BARE_RETURN("a carriage return without line feed; lines end in LF or CRLF"),
    CSV_QUOTE_MISPLACED("a quote inside a cell that does not begin with one"),
    CSV_QUOTE_UNCLOSED("a quote opens here and never closes"),
    CSV_AFTER_QUOTE("text between a closing quote and the separator"),
    CSV_FIELD_COUNT("not as many cells as the header has"),
    CSV_TOO_MANY_COLUMNS("more than 1024 columns"),
    CSV_CELL_TOO_LONG("a cell of more than 1 MiB"),
    CSV_ROW_TOO_LONG("a row of more than 16 MiB"),
    CSV_HEADER_NAMELESS("a column of the header has no name"),
    CSV_HEADER_TWICE("a column of the header has the name of an earlier one"),
    COLUMN_MISSING("no column of the header has this name"),
    MAPPING_UNKNOWN_COLUMN("the policy's dataset has no such column"),
    MAPPING_WRONG_COLUMN("only identity columns hold hashes"),
    IDENTITY_MISSING("no identifier; --skip-unusable leaves such rows out"),
    IDENTITY_UNUSABLE("not an identifier of this profile; --skip-unusable leaves such rows out"),
    CELL_NOT_WHOLE("not a whole number"),
    CELL_NOT_DECIMAL("not a decimal number: digits, a point, digits"),
    CELL_TOO_PRECISE("more decimals than the column has"),
    CELL_OUT_OF_RANGE("a number beyond 64 bits"),
    CELL_NOT_DATE("not a date of the form 2026-01-31"),
    CELL_NOT_TIMESTAMP("not a time of the form 2026-01-31T12:00:00Z"),
    CELL_NOT_TRUTH("neither true nor false"),
    CELL_TEXT_TOO_LONG("a text of more than 1,024 bytes"),
    CELL_OUTSIDE_DOMAIN("not one of the values that the policy declares");

    private final String words;

    SealCode(String words) {
        this.words = words;
    }

    /** For people; says nothing of what stands in the file. */
    public String words() {
        return words;
    }
}
