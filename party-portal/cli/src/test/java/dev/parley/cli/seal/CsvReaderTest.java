package dev.parley.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    private static final String[] PIECES = {"a", "ß", "日", "\"", ",", "\n", "\r", " ", "'", "x".repeat(300)};

    @Test
    void readsWhatAnyWriterOfTheStandardWrites() throws Exception {
        var random = new Random(11);

        for (var file = 0; file < 400; file++) {
            var table = table(random);
            var text = write(table, random);
            assertThat(read(text, random)).as(text).isEqualTo(table);
        }
    }

    @Test
    void oneChangedByteNeverDoesMoreThanRefuseOrMisread() throws Exception {
        var random = new Random(12);
        var refused = 0;

        for (var file = 0; file < 3_000; file++) {
            var bytes = write(table(random), random).getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            refused += isRefused(bytes, random) ? 1 : 0;
        }

        assertThat(refused).isPositive();
    }

    @Test
    void linesOfCellsAreThoseOfTheFile() throws Exception {
        var reader = reader("a,\"b\nb\",c\r\nd,e,f", new Random(1));

        reader.skipMark();
        reader.next();
        assertThat(List.of(reader.line(0), reader.line(1), reader.line(2))).containsExactly(1L, 1L, 2L);
        reader.next();
        assertThat(reader.line(0)).isEqualTo(3L);
        assertThat(reader.next()).isFalse();
    }

    private static boolean isRefused(byte[] bytes, Random random) throws IOException {
        var reader = new CsvReader(slow(bytes, random), (byte) ',');
        try {
            reader.skipMark();
            while (reader.next()) {
                for (var cell = 0; cell < reader.cells(); cell++) {
                    assertThat(reader.start(cell)).isLessThanOrEqualTo(reader.end(cell));
                }
            }
            return false;
        } catch (CsvProblem e) {
            return true;
        }
    }

    private static List<List<String>> table(Random random) {
        var table = new ArrayList<List<String>>();
        var columns = 1 + random.nextInt(5);
        for (var row = 0; row < 1 + random.nextInt(6); row++) {
            var cells = new ArrayList<String>();
            for (var column = 0; column < columns; column++) {
                var cell = new StringBuilder();
                for (var piece = random.nextInt(4); piece > 0; piece--) {
                    cell.append(PIECES[random.nextInt(PIECES.length)]);
                }
                cells.add(cell.toString());
            }
            table.add(cells);
        }
        return table;
    }

    private static String write(List<List<String>> table, Random random) {
        var end = random.nextBoolean() ? "\n" : "\r\n";
        var lines = table.stream()
                .map(row -> String.join(
                        ",",
                        row.stream().map(cell -> cell(cell, row.size(), random)).toList()))
                .toList();
        var mark = random.nextBoolean() ? "\ufeff" : "";
        return mark + String.join(end, lines) + end;
    }

    private static String cell(String cell, int columns, Random random) {
        var plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                && !(columns == 1 && cell.isEmpty());
        return plain && random.nextBoolean() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<List<String>> read(String text, Random random) throws IOException, CsvProblem {
        var reader = reader(text, random);
        var table = new ArrayList<List<String>>();
        reader.skipMark();
        while (reader.next()) {
            var row = new ArrayList<String>();
            for (var cell = 0; cell < reader.cells(); cell++) {
                var length = reader.end(cell) - reader.start(cell);
                row.add(new String(reader.bytes(), reader.start(cell), length, StandardCharsets.UTF_8));
            }
            table.add(row);
        }
        return table;
    }

    private static CsvReader reader(String text, Random random) {
        return new CsvReader(slow(text.getBytes(StandardCharsets.UTF_8), random), (byte) ',');
    }

    /** Gives a few bytes at a time, so that every state is met at the end of what is there. */
    private static InputStream slow(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }
}
