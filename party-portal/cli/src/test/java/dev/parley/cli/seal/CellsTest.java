package dev.parley.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.authoring.normalisation.EmailProfile;
import dev.parley.policy.authoring.normalisation.InputForm;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.column.Block;
import dev.parley.protocol.sealing.column.BlockBuilder;
import dev.parley.protocol.sealing.column.ColumnView;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellsTest {
    private static final EmailProfile EMAIL = new EmailProfile(false);

    @Test
    void numbersAreReadAsBigDecimalReadsThem() throws Exception {
        var random = new Random(6);

        for (var i = 0; i < 20_000; i++) {
            var value = new BigDecimal(new java.math.BigInteger(1 + random.nextInt(63), random), random.nextInt(4));
            var text = (random.nextBoolean() ? value : value.negate()).toPlainString();
            var scale = random.nextInt(4);
            var expected = unscaled(new BigDecimal(text), scale);
            assertThat(number(NumberCell.ofDecimal(scale), text))
                    .as(text + " scale " + scale)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theEndsOfTheRangeAreNumbers() throws Exception {
        assertThat(number(NumberCell.ofWhole(), "9223372036854775807")).contains(Long.MAX_VALUE);
        assertThat(number(NumberCell.ofWhole(), "-9223372036854775808")).contains(Long.MIN_VALUE);
        assertThat(number(NumberCell.ofWhole(), "9223372036854775808")).isEmpty();
        assertThat(number(NumberCell.ofWhole(), "-9223372036854775809")).isEmpty();
        assertThat(number(NumberCell.ofWhole(), "1.0")).isEmpty();
        assertThat(number(NumberCell.ofDecimal(2), "1.500")).contains(150L);
    }

    @Test
    void timesAreReadAsTheClockLibraryReadsThem() throws Exception {
        var random = new Random(7);

        for (var i = 0; i < 5_000; i++) {
            var time = Instant.ofEpochSecond(
                            random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000))
                    .truncatedTo(random.nextBoolean() ? ChronoUnit.SECONDS : ChronoUnit.MICROS);
            var micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
            assertThat(number(TimeCell.TIMESTAMP, time.toString()))
                    .as(time.toString())
                    .contains(micros);
            var day = LocalDate.ofEpochDay(random.nextInt(-700_000, 2_900_000));
            assertThat(date(day.toString())).as(day.toString()).contains((int) day.toEpochDay());
        }
    }

    @Test
    void nearlyTimesAreNone() throws Exception {
        for (var text : List.of("2026-02-30", "26-01-01", "2026/01/01", "01.02.2026", "2026-1-1", "2026-01-01 ")) {
            assertThat(date(text)).as(text).isEmpty();
        }
        for (var text : List.of(
                "2026-01-01",
                "2026-01-01T25:00:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00:00+01:00",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567Z",
                "2026-01-01T00:00Z",
                "Z")) {
            assertThat(number(TimeCell.TIMESTAMP, text)).as(text).isEmpty();
        }
        assertThat(number(TimeCell.TIMESTAMP, "1970-01-01 00:00:01.5")).contains(1_500_000L);
    }

    @Test
    void truthHasFourSpellings() throws Exception {
        for (var text : List.of("true", "TRUE", "false", "FALSE")) {
            assertThat(truth(text)).as(text).contains(text.equalsIgnoreCase("true"));
        }
        for (var text : List.of("True", "yes", "1", "t", " true")) {
            assertThat(truth(text)).as(text).isEmpty();
        }
    }

    @Test
    void hashesAreTakenAsTheInputFormTakesThem() throws Exception {
        var random = new Random(8);

        for (var i = 0; i < 2_000; i++) {
            var octets = new byte[random.nextInt(8) == 0 ? 31 : 32];
            random.nextBytes(octets);
            var hex = HexFormat.of().formatHex(octets);
            var text = (random.nextBoolean() ? hex.toUpperCase(Locale.ROOT) : hex) + (random.nextBoolean() ? "" : " ");
            var broken = random.nextInt(8) == 0 ? text.replace('a', 'g') : text;
            var expected = InputForm.SHA256_HEX
                    .digest(EMAIL, broken)
                    .map(d -> d.bytes().hex());
            assertThat(identity(broken)).as(broken).isEqualTo(expected);
        }
    }

    private static Optional<String> identity(String text) throws Exception {
        return put(new IdentityCell(EMAIL, InputForm.SHA256_HEX), new ColumnType.Identity(), text)
                .map(view -> {
                    var digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
                    for (var plane = 0; plane < ColumnView.Identities.PLANES; plane++) {
                        digest.putLong(((ColumnView.Identities) view).part(plane, 0));
                    }
                    return HexFormat.of().formatHex(digest.array());
                });
    }

    private static Optional<Long> unscaled(BigDecimal value, int scale) {
        try {
            return Optional.of(value.setScale(scale).unscaledValue().longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(Cell cell, String text) throws Exception {
        return put(cell, new ColumnType.Whole(), text).map(view -> ((ColumnView.Numbers) view).get(0));
    }

    private static Optional<Integer> date(String text) throws Exception {
        return put(TimeCell.DATE, new ColumnType.Date(), text).map(view -> ((ColumnView.Dates) view).get(0));
    }

    private static Optional<Boolean> truth(String text) throws Exception {
        return put(TruthCell.WORDS, new ColumnType.Truth(), text).map(view -> ((ColumnView.Truths) view).get(0));
    }

    private static Optional<ColumnView> put(Cell cell, ColumnType type, String text) throws Exception {
        var schema = new Schema(List.of(new Schema.Column("value", type)));
        var builder = new BlockBuilder(schema);
        var utf8 = ("," + text + ",").getBytes(StandardCharsets.UTF_8);
        try {
            cell.put(builder, 0, utf8, 1, utf8.length - 1);
        } catch (Unfit e) {
            return Optional.empty();
        }
        builder.endRow();
        return Optional.of(Block.parse(builder.encode(), schema).column(0));
    }
}
