package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;

/** Sets the values of the row being written, by position in the schema. What is not set is null. */
public interface Row {
    /** The 32 bytes of a digest from {@code offset} on. */
    Row identity(int column, byte[] digest, int offset);

    /** A whole number, a decimal as a count of its last digit, or a timestamp in microseconds. */
    Row number(int column, long value);

    /** Days since 1970-01-01. */
    Row date(int column, int epochDay);

    Row truth(int column, boolean value);

    /** Refuses text that is not UTF-8 or longer than 1,024 bytes. */
    Row text(int column, byte[] utf8, int offset, int length) throws Malformed;

    Row text(int column, String text) throws Malformed;
}
