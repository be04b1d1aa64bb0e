package dev.parley.protocol.sealing.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    private static final Schema SCHEMA = new Schema(List.of(
            new Schema.Column("id", new ColumnType.Identity()),
            new Schema.Column("t", new ColumnType.Text()),
            new Schema.Column("n", new ColumnType.Whole()),
            new Schema.Column("d", new ColumnType.Date()),
            new Schema.Column("b", new ColumnType.Truth())));

    @Test
    void keepsItsBytes() throws Exception {
        var builder = new BlockBuilder(new Schema(List.of(
                new Schema.Column("n", new ColumnType.Whole()),
                new Schema.Column("t", new ColumnType.Text()),
                new Schema.Column("b", new ColumnType.Truth()))));
        builder.number(0, 258).text(1, "ä").truth(2, true);
        builder.endRow();
        builder.number(0, -1).text(1, "x");
        builder.endRow();
        builder.text(1, "ä").truth(2, false);
        builder.endRow();

        var bytes = HexFormat.of().formatHex(bytes(builder.encode()));

        assertThat(bytes)
                .isEqualTo("03000000" + "03000000" + "28000000" + "28000000" + "18000000" + "00000000"
                        // whole: one null in row 2
                        + "01000000" + "00000000" + "0400000000000000"
                        + "0201000000000000" + "ffffffffffffffff" + "0000000000000000"
                        // text: no nulls, entries, bytes, offsets, UTF-8, codes
                        + "00000000" + "00000000" + "02000000" + "03000000" + "00000000" + "02000000" + "03000000"
                        + "c3a478" + "00" + "0000" + "0100" + "0000" + "0000"
                        // truth: one null in row 1
                        + "01000000" + "00000000" + "0200000000000000" + "0100000000000000");
    }

    @Test
    void startsANewBlockAfterEncoding() throws Exception {
        var builder = new BlockBuilder(SCHEMA);
        fill(builder, 100, new Random(1));
        var first = bytes(builder.encode());
        fill(builder, 100, new Random(1));

        var second = bytes(builder.encode());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void isFullBeforeItsDictionariesGrowTooLarge() throws Exception {
        var builder = new BlockBuilder(SCHEMA);
        var text = new byte[Schema.MAX_TEXT_BYTES];
        Arrays.fill(text, (byte) 'a');
        var rows = 0;
        while (!builder.isFull()) {
            text[0] = (byte) ('a' + rows % 26);
            text[1] = (byte) ('a' + rows / 26 % 26);
            text[2] = (byte) ('a' + rows / 676);
            builder.text(1, text, 0, text.length);
            builder.endRow();
            rows++;
        }

        var block = Block.parse(ByteBuffer.wrap(bytes(builder.encode())), SCHEMA);

        assertThat(rows).isEqualTo(2 << 10);
        assertThat(((ColumnView.Texts) block.column(1)).entries()).isEqualTo(rows);
    }

    @Test
    void refusesTextThatIsTooLongOrNotUtf8() {
        var builder = new BlockBuilder(SCHEMA);

        assertThatThrownBy(() -> builder.text(1, "x".repeat(1025))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> builder.text(1, "\ud800")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> builder.text(1, new byte[] {(byte) 0xc0, (byte) 0x80}, 0, 2))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refusesValuesOfAnotherType() {
        var builder = new BlockBuilder(SCHEMA);

        assertThatThrownBy(() -> builder.number(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.date(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 129})
    void throwsNothingButMalformedForAnyChangedBytes(int rows) throws Exception {
        var builder = new BlockBuilder(SCHEMA);
        fill(builder, rows, new Random(rows));
        var bytes = bytes(builder.encode());
        var random = new Random(42);
        var refused = 0;

        for (var i = 0; i < 20_000; i++) {
            refused += readsAll(mutate(bytes, random)) ? 0 : 1;
        }

        assertThat(refused).isPositive();
        assertThat(readsAll(bytes)).isTrue();
    }

    @Test
    void refusesEveryChangeOfACountOrALength() throws Exception {
        var builder = new BlockBuilder(SCHEMA);
        fill(builder, 20, new Random(20));
        var bytes = bytes(builder.encode());
        int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 21};

        for (var at = 0; at < 32; at += Integer.BYTES) {
            for (var extreme : extremes) {
                var changed = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
                if (changed.getInt(at) != extreme) {
                    assertThat(readsAll(changed.putInt(at, extreme).array()))
                            .as("%d at %d", extreme, at)
                            .isFalse();
                }
            }
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        var changed = random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 64)) : bytes.clone();
        for (var n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
            // Half of the changes hit the first bytes, where the counts stand.
            var range = random.nextBoolean() ? Math.min(changed.length, 160) : changed.length;
            changed[random.nextInt(range)] = (byte) (random.nextInt(3) == 0 ? random.nextInt(3) - 1 : random.nextInt());
        }
        return changed;
    }

    /** Whether every value of every column can be read. */
    private static boolean readsAll(byte[] bytes) {
        try {
            var block = Block.parse(ByteBuffer.wrap(bytes), SCHEMA);
            var sum = 0L;
            for (var column = 0; column < SCHEMA.columns().size(); column++) {
                var view = block.column(column);
                for (var row = 0; row < block.rows(); row++) {
                    sum += value(view, row);
                }
            }
            return sum != Long.MIN_VALUE;
        } catch (Malformed e) {
            return false;
        }
    }

    private static long value(ColumnView view, int row) {
        if (view.isNull(row)) {
            return 0;
        }
        return switch (view) {
            case ColumnView.Identities c -> c.part(3, row) + c.plane(3).getLong(row * Long.BYTES);
            case ColumnView.Numbers c -> c.get(row) + c.values().getLong(row * Long.BYTES);
            case ColumnView.Dates c -> c.get(row) + c.values().getInt(row * Integer.BYTES);
            case ColumnView.Truths c -> c.get(row) ? 1 : 0;
            case ColumnView.Texts c -> c.entry(c.code(row)).length();
        };
    }

    private static void fill(BlockBuilder builder, int rows, Random random) throws Malformed {
        var id = new byte[32];
        for (var i = 0; i < rows; i++) {
            random.nextBytes(id);
            if (random.nextInt(9) > 0) {
                builder.identity(0, id, 0).text(1, "text " + random.nextInt(20));
            }
            if (random.nextInt(9) > 0) {
                builder.number(2, random.nextLong()).date(3, random.nextInt()).truth(4, random.nextBoolean());
            }
            builder.endRow();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
