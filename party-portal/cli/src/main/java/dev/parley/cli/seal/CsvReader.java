package dev.parley.cli.seal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads CSV by the letter of RFC 4180, UTF-8 with or without a mark, LF or CRLF. A row lies in one buffer that the next row
 * uses again, so reading allocates nothing per row. Whatever two programs could read in two ways is refused.
 */
final class CsvReader {
    static final int MAX_COLUMNS = 1024;
    static final int MAX_CELL = 1 << 20;
    static final int MAX_ROW = 16 << 20;

    private static final int FIRST_SIZE = 1 << 18;
    private static final byte QUOTE = '"';

    private final InputStream input;
    private final byte separator;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int rowStart;
    private int position;
    private int limit;
    private long line = 1;
    private long bytesRead;

    /** Positions of the row's cells, counted from the row's start, which moves with the buffer. */
    private final int[] starts = new int[MAX_COLUMNS];

    private final int[] ends = new int[MAX_COLUMNS];
    private final long[] lines = new long[MAX_COLUMNS];
    private int cells;

    CsvReader(InputStream input, byte separator) {
        this.input = input;
        this.separator = separator;
    }

    /** To be called before the first row. */
    void skipMark() throws IOException, CsvProblem {
        boolean more;
        do {
            more = limit < 3 && fill();
        } while (more);
        if (limit >= 2 && (startsWith(0xfe, 0xff) || startsWith(0xff, 0xfe))) {
            throw new CsvProblem(SealCode.CSV_ENCODING, 0, 0);
        }
        if (limit >= 3 && startsWith(0xef, 0xbb, 0xbf)) {
            position = 3;
        }
    }

    /** Goes to the next row, if there is one. */
    boolean next() throws IOException, CsvProblem {
        rowStart = position;
        cells = 0;
        if (position == limit && !fill()) {
            return false;
        }
        while (cell()) {
            cells++;
        }
        cells++;
        if (position - rowStart > MAX_ROW) {
            throw new CsvProblem(SealCode.CSV_ROW_TOO_LONG, lines[0], 0);
        }
        return true;
    }

    int cells() {
        return cells;
    }

    /** The buffer in which {@link #start} and {@link #end} count; of no use after the next row. */
    byte[] bytes() {
        return buffer;
    }

    int start(int cell) {
        return rowStart + starts[cell];
    }

    int end(int cell) {
        return rowStart + ends[cell];
    }

    /** Where a cell begins in the file. */
    long line(int cell) {
        return lines[cell];
    }

    long bytesRead() {
        return bytesRead;
    }

    /** Reads one cell; whether another follows in this row. */
    private boolean cell() throws IOException, CsvProblem {
        if (cells == MAX_COLUMNS) {
            throw new CsvProblem(SealCode.CSV_TOO_MANY_COLUMNS, line, cells + 1);
        }
        starts[cells] = position - rowStart;
        lines[cells] = line;
        if (position == limit && !fill()) {
            return ended(position);
        }
        return buffer[position] == QUOTE ? quoted() : plain();
    }

    private boolean plain() throws IOException, CsvProblem {
        var at = position;
        while (true) {
            if (at == limit) {
                position = at;
                if (!fill()) {
                    return ended(position);
                }
                at = position;
            }
            var octet = buffer[at];
            if (octet == separator) {
                position = at + 1;
                ends[cells] = length(at);
                return true;
            }
            // Nearly every byte is above the quote, as a letter, a digit or, being negative, a part of a longer
            // character.
            if (octet > QUOTE || octet < 0) {
                at++;
                continue;
            }
            switch (octet) {
                case '\n', '\r' -> {
                    ends[cells] = length(at);
                    position = at;
                    return lineEnd();
                }
                case QUOTE -> throw problem(SealCode.CSV_QUOTE_MISPLACED);
                case 0 -> throw problem(SealCode.CSV_ZERO_BYTE);
                default -> at++;
            }
        }
    }

    /** Two quotes become one where they stand, so that the cell is one stretch of the buffer. */
    private boolean quoted() throws IOException, CsvProblem {
        position++;
        starts[cells] = position - rowStart;
        var written = starts[cells];
        while (true) {
            if (position == limit && !fill()) {
                throw problem(SealCode.CSV_QUOTE_UNCLOSED);
            }
            var octet = buffer[position];
            if (octet == 0) {
                throw problem(SealCode.CSV_ZERO_BYTE);
            }
            if (octet == '\n') {
                line++;
            }
            position++;
            if (octet == QUOTE) {
                if (position == limit && !fill()) {
                    return ended(rowStart + written);
                }
                if (buffer[position] != QUOTE) {
                    ends[cells] = length(rowStart + written);
                    return afterQuote();
                }
                position++;
            }
            buffer[rowStart + written++] = octet;
        }
    }

    private boolean afterQuote() throws IOException, CsvProblem {
        var octet = buffer[position];
        if (octet == separator) {
            position++;
            return true;
        }
        if (octet == '\n' || octet == '\r') {
            return lineEnd();
        }
        throw problem(SealCode.CSV_AFTER_QUOTE);
    }

    private boolean lineEnd() throws IOException, CsvProblem {
        if (buffer[position] == '\r') {
            position++;
            if ((position == limit && !fill()) || buffer[position] != '\n') {
                throw problem(SealCode.CSV_BARE_RETURN);
            }
        }
        position++;
        line++;
        return false;
    }

    private boolean ended(int end) throws CsvProblem {
        ends[cells] = length(end);
        return false;
    }

    private int length(int end) throws CsvProblem {
        if (end - rowStart - starts[cells] > MAX_CELL) {
            throw problem(SealCode.CSV_CELL_TOO_LONG);
        }
        return end - rowStart;
    }

    private CsvProblem problem(SealCode code) {
        return new CsvProblem(code, lines[cells], cells + 1);
    }

    /** Reads on behind what the row has so far; false at the end of the file. */
    private boolean fill() throws IOException, CsvProblem {
        if (position - rowStart > MAX_ROW) {
            throw new CsvProblem(SealCode.CSV_ROW_TOO_LONG, lines[0], 0);
        }
        if (cells < MAX_COLUMNS && position - rowStart - starts[cells] > MAX_CELL) {
            throw problem(SealCode.CSV_CELL_TOO_LONG);
        }
        if (rowStart > 0) {
            System.arraycopy(buffer, rowStart, buffer, 0, limit - rowStart);
            position -= rowStart;
            limit -= rowStart;
            rowStart = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        var count = input.read(buffer, limit, buffer.length - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        bytesRead += count;
        return true;
    }

    private boolean startsWith(int... octets) {
        for (var i = 0; i < octets.length; i++) {
            if ((buffer[i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }
}
