package dev.parley.cli.seal;

import dev.parley.cli.console.Progress;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.file.SealedDatasetWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Carries the rows of a file into a sealed dataset. */
final class CsvSealing {
    private static final int ROWS_BETWEEN_REPORTS = 1 << 14;

    private final CsvReader reader;
    private final Mapping mapping;
    private final boolean skipUnusable;
    private long rows;
    private long skipped;

    CsvSealing(CsvReader reader, Mapping mapping, boolean skipUnusable) {
        this.reader = reader;
        this.mapping = mapping;
        this.skipUnusable = skipUnusable;
    }

    /** What became of the file. */
    record Sealed(SealedCiphertext ciphertext, long rows, long skipped) {}

    Sealed seal(SealedDatasetWriter writer, Progress progress) throws IOException, CsvProblem, CsvProblemAt {
        var header = header();
        var placed = mapping.place(header).toArray(Mapping.Placed[]::new);
        while (reader.next()) {
            if (reader.cells() != header.size()) {
                throw new CsvProblem(
                        SealCode.CSV_FIELD_COUNT, reader.line(0), Math.min(reader.cells(), header.size() + 1));
            }
            if (put(writer, placed)) {
                writer.endRow();
                rows++;
            } else {
                skipped++;
            }
            if ((rows + skipped) % ROWS_BETWEEN_REPORTS == 0) {
                progress.at(reader.bytesRead());
            }
        }
        if (rows + skipped == 0) {
            throw new CsvProblem(SealCode.CSV_NO_ROWS, 1, 0);
        }
        progress.at(reader.bytesRead());
        return new Sealed(writer.finish(), rows, skipped);
    }

    private List<String> header() throws IOException, CsvProblem {
        reader.skipMark();
        if (!reader.next()) {
            throw new CsvProblem(SealCode.CSV_EMPTY, 0, 0);
        }
        var header = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var cell = 0; cell < reader.cells(); cell++) {
            var name = name(cell);
            if (name.isEmpty()) {
                throw new CsvProblem(SealCode.CSV_HEADER_NAMELESS, reader.line(cell), cell + 1);
            }
            if (!seen.add(name)) {
                throw new CsvProblem(SealCode.CSV_HEADER_TWICE, reader.line(cell), cell + 1);
            }
            header.add(name);
        }
        return header;
    }

    private String name(int cell) throws CsvProblem {
        var bytes = ByteBuffer.wrap(reader.bytes(), reader.start(cell), reader.end(cell) - reader.start(cell));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().strip();
        } catch (CharacterCodingException e) {
            throw new CsvProblem(SealCode.CSV_NOT_UTF8, reader.line(cell), cell + 1);
        }
    }

    /** Sets the values of one row; false where the row has no usable identifier and is to be left out. */
    private boolean put(SealedDatasetWriter writer, Mapping.Placed[] placed) throws CsvProblemAt {
        var bytes = reader.bytes();
        for (var column : placed) {
            var from = reader.start(column.fileColumn());
            var to = reader.end(column.fileColumn());
            if (from == to) {
                if (!column.privacyUnit()) {
                    continue;
                }
                if (skipUnusable) {
                    return false;
                }
                throw at(SealCode.IDENTITY_MISSING, column);
            }
            try {
                column.cell().put(writer.row(), column.sealedColumn(), bytes, from, to);
            } catch (Unfit e) {
                if (skipUnusable && column.privacyUnit() && e.code() == SealCode.IDENTITY_UNUSABLE) {
                    return false;
                }
                throw at(e.code(), column);
            }
        }
        return true;
    }

    private CsvProblemAt at(SealCode code, Mapping.Placed column) {
        var problem = new CsvProblem(code, reader.line(column.fileColumn()), column.fileColumn() + 1);
        return new CsvProblemAt(problem, column.name());
    }
}
