package dev.parley.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.protocol.encoding.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they should be: each is refused with its code and place, and nothing of them is told. */
class BadCsvTest {
    /** Stands in every bad cell, so that a message that quotes one is found out. */
    private static final String CANARY = "canaryquux";

    private static final String HEAD = "email,segment,region,spend\n";
    private static final String GOOD = "ada@example.com,family,north,3\n";

    @TempDir
    Path folder;

    /** What is wrong with a file, and where. */
    private record Bad(String csv, SealCode code, long line, long column) {}

    private static final List<Bad> BAD = List.of(
            new Bad("", SealCode.CSV_EMPTY, 0, 0),
            new Bad("\ufeff", SealCode.CSV_EMPTY, 0, 0),
            new Bad(HEAD, SealCode.CSV_NO_ROWS, 1, 0),
            new Bad("email,segment,region,spend", SealCode.CSV_NO_ROWS, 1, 0),
            new Bad("\n" + GOOD, SealCode.CSV_HEADER_NAMELESS, 1, 1),
            new Bad("email,,region,spend\n" + GOOD, SealCode.CSV_HEADER_NAMELESS, 1, 2),
            new Bad("email,segment,region,spend,\n" + GOOD, SealCode.CSV_HEADER_NAMELESS, 1, 5),
            new Bad("email,canaryquux,canaryquux,spend\n" + GOOD, SealCode.CSV_HEADER_TWICE, 1, 3),
            new Bad("email,segment,email,spend\n" + GOOD, SealCode.CSV_HEADER_TWICE, 1, 3),
            new Bad("canaryquux,segment,region,spend\n" + GOOD, SealCode.COLUMN_MISSING, 1, 0),
            new Bad("Email,segment,region,spend\n" + GOOD, SealCode.COLUMN_MISSING, 1, 0),
            new Bad("email;segment;region;spend\n" + GOOD, SealCode.COLUMN_MISSING, 1, 0),
            new Bad(HEAD + "\n", SealCode.CSV_FIELD_COUNT, 2, 1),
            new Bad(HEAD + GOOD + "\n" + GOOD, SealCode.CSV_FIELD_COUNT, 3, 1),
            new Bad(HEAD + GOOD + "ada@example.com,canaryquux\n", SealCode.CSV_FIELD_COUNT, 3, 2),
            new Bad(HEAD + "ada@example.com,family,north,3,canaryquux\n", SealCode.CSV_FIELD_COUNT, 2, 5),
            new Bad(HEAD + "ada@example.com,family,north,3,4,5,6\n", SealCode.CSV_FIELD_COUNT, 2, 5),
            new Bad(HEAD + "ada@example.com,fa\"canaryquux\",north,3\n", SealCode.CSV_QUOTE_MISPLACED, 2, 2),
            new Bad(HEAD + "ada@example.com, \"family\",north,3\n", SealCode.CSV_QUOTE_MISPLACED, 2, 2),
            new Bad(HEAD + "ada@example.com,\"family\"canaryquux,north,3\n", SealCode.CSV_AFTER_QUOTE, 2, 2),
            new Bad(HEAD + "ada@example.com,\"family\" ,north,3\n", SealCode.CSV_AFTER_QUOTE, 2, 2),
            new Bad(HEAD + GOOD + "\"canaryquux,family,north,3\n" + GOOD, SealCode.CSV_QUOTE_UNCLOSED, 3, 1),
            new Bad(HEAD + "ada@example.com,family,north,\"3", SealCode.CSV_QUOTE_UNCLOSED, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,\"3\"\"", SealCode.CSV_QUOTE_UNCLOSED, 2, 4),
            new Bad(HEAD + "ada@example.com,family\rnorth,3\n", SealCode.CSV_BARE_RETURN, 2, 2),
            new Bad(HEAD + "ada@example.com,family,north,3\r", SealCode.CSV_BARE_RETURN, 2, 4),
            new Bad(HEAD + "ada@example.com,fam\0ily,north,3\n", SealCode.CSV_ZERO_BYTE, 2, 2),
            new Bad(HEAD + "ada@example.com,\"fam\0ily\",north,3\n", SealCode.CSV_ZERO_BYTE, 2, 2),
            new Bad(HEAD + ",family,north,3\n", SealCode.IDENTITY_MISSING, 2, 1),
            new Bad(HEAD + "\"\",family,north,3\n", SealCode.IDENTITY_MISSING, 2, 1),
            new Bad(HEAD + "canaryquux,family,north,3\n", SealCode.IDENTITY_UNUSABLE, 2, 1),
            new Bad(HEAD + "canaryquux@,family,north,3\n", SealCode.IDENTITY_UNUSABLE, 2, 1),
            new Bad(HEAD + "canaryquux@a@example.com,family,north,3\n", SealCode.IDENTITY_UNUSABLE, 2, 1),
            new Bad(HEAD + "canary quux@example.com,family,north,3\n", SealCode.IDENTITY_UNUSABLE, 2, 1),
            new Bad(HEAD + "canaryquux@localhost,family,north,3\n", SealCode.IDENTITY_UNUSABLE, 2, 1),
            new Bad(HEAD + "ada@example.com,canaryquux,north,3\n", SealCode.CELL_OUTSIDE_DOMAIN, 2, 2),
            new Bad(HEAD + "ada@example.com,Family,north,3\n", SealCode.CELL_OUTSIDE_DOMAIN, 2, 2),
            new Bad(HEAD + "ada@example.com,family, north,3\n", SealCode.CELL_OUTSIDE_DOMAIN, 2, 3),
            new Bad(HEAD + "ada@example.com,family,north,canaryquux\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north, 3\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,+3\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,-\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,3.\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,.5\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,1e3\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,\"1,234.5\"\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,1.2.3\n", SealCode.CELL_NOT_DECIMAL, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,3.141\n", SealCode.CELL_TOO_PRECISE, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,92233720368547758.08\n", SealCode.CELL_OUT_OF_RANGE, 2, 4),
            new Bad(HEAD + "ada@example.com,family,north,-9223372036854775808\n", SealCode.CELL_OUT_OF_RANGE, 2, 4),
            new Bad(HEAD + GOOD + "\"ada\n@example.com\",family,north,canaryquux\n", SealCode.IDENTITY_UNUSABLE, 3, 1),
            new Bad(HEAD + GOOD + "a@b.cd,family,\"no\nrth\",3\n", SealCode.CELL_OUTSIDE_DOMAIN, 3, 3),
            new Bad(
                    HEAD.replace("\n", "\r\n") + GOOD.replace("\n", "\r\n") + "a@b.cd,x,north,3\r\n",
                    SealCode.CELL_OUTSIDE_DOMAIN,
                    3,
                    2));

    @Test
    void everyBadFileIsRefusedWithItsPlaceAndNothingOfIt() {
        var bench = new SealBench(folder);

        for (var bad : BAD) {
            refused(bench, bad);
        }

        assertThat(BAD).hasSizeGreaterThan(40);
        assertThat(bench.seal((HEAD + GOOD).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static void refused(SealBench bench, Bad bad) {
        var failure = bench.seal(bad.csv().getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(failure.code()).as(bad.csv()).isEqualTo(bad.code().name());
        assertThat(failure.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(number(failure, "line")).as(bad.csv()).isEqualTo(bad.line());
        assertThat(number(failure, "column")).as(bad.csv()).isEqualTo(bad.column());
        assertThat(failure.line() + failure.json().canonical() + failure.getMessage())
                .as(bad.csv())
                .doesNotContainIgnoringCase(CANARY);
        assertThat(bench.out()).isEmptyDirectory();
    }

    private static long number(Failure failure, String member) {
        try {
            return failure.json().fields().object("error").integer(member);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWhereTheyAreUsed() {
        var bench = new SealBench(folder);
        var latin1 = StandardCharsets.ISO_8859_1;

        assertBytes(
                bench, (HEAD + "zo\u00eb@example.com,family,north,3\n").getBytes(latin1), SealCode.CSV_NOT_UTF8, 2, 1);
        assertBytes(bench, ("email,segm\u00ebnt,region,spend\n" + GOOD).getBytes(latin1), SealCode.CSV_NOT_UTF8, 1, 2);
        assertBytes(bench, (HEAD + GOOD).getBytes(StandardCharsets.UTF_16), SealCode.CSV_ENCODING, 0, 0);
        assertBytes(bench, withMark(0xff, 0xfe), SealCode.CSV_ENCODING, 0, 0);
        assertBytes(bench, (HEAD + GOOD).getBytes(Charset.forName("UTF-16LE")), SealCode.CSV_ZERO_BYTE, 1, 1);
    }

    @Test
    void capsHoldForColumnsCellsAndRows() {
        var bench = new SealBench(folder);
        var wide = "email,segment,region,spend" + ",x".repeat(1021) + "\n";
        var cell = "x".repeat(1 << 20);

        assertBytes(bench, wide.getBytes(StandardCharsets.UTF_8), SealCode.CSV_TOO_MANY_COLUMNS, 1, 1025);
        assertBytes(
                bench,
                (HEAD + "ada@example.com," + cell + "x,north,3\n").getBytes(StandardCharsets.UTF_8),
                SealCode.CSV_CELL_TOO_LONG,
                2,
                2);
        assertBytes(
                bench,
                (HEAD + "ada@example.com,\"" + cell + cell).getBytes(StandardCharsets.UTF_8),
                SealCode.CSV_CELL_TOO_LONG,
                2,
                2);
        var head = "email,segment,region,spend,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\n";
        assertBytes(
                bench,
                (head + "ada@example.com,family,north,3" + ("," + cell).repeat(17) + "\n")
                        .getBytes(StandardCharsets.UTF_8),
                SealCode.CSV_ROW_TOO_LONG,
                2,
                0);
    }

    @Test
    void longTextIsRefusedWhereThePolicyDeclaresNoDomain() throws Exception {
        var bytes = "x".repeat(1025).getBytes(StandardCharsets.US_ASCII);
        var schema = new dev.parley.protocol.sealing.Schema(List.of(new dev.parley.protocol.sealing.Schema.Column(
                "note", new dev.parley.protocol.sealing.ColumnType.Text())));
        var row = new dev.parley.protocol.sealing.column.BlockBuilder(schema);
        var cell = new TextCell(java.util.Optional.empty());

        cell.put(row, 0, bytes, 0, 1024);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> cell.put(row, 0, bytes, 0, 1025))
                .isInstanceOfSatisfying(
                        Unfit.class, unfit -> assertThat(unfit.code()).isEqualTo(SealCode.CELL_TEXT_TOO_LONG));
    }

    private static void assertBytes(SealBench bench, byte[] csv, SealCode code, long line, long column) {
        var failure = bench.seal(csv).orElseThrow();

        assertThat(failure.code()).isEqualTo(code.name());
        assertThat(number(failure, "line")).isEqualTo(line);
        assertThat(number(failure, "column")).isEqualTo(column);
    }

    private static byte[] withMark(int... mark) {
        var bytes = new ByteArrayOutputStream();
        for (var octet : mark) {
            bytes.write(octet);
        }
        bytes.writeBytes((HEAD + GOOD).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
