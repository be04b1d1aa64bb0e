package dev.parley.protocol.sealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.column.Block;
import dev.parley.protocol.sealing.column.ColumnView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedDatasetTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 63, 64, 65, 16_383, 16_384, 16_385, 50_000})
    void givesBackEveryValueOfEveryRow(int rows) throws Exception {
        var sample = SealedSample.of(rows);

        try (var reader = sample.open()) {
            assertThat(reader.rows()).isEqualTo(rows);
            var expected = new SealedSample.Values(rows);
            var opener = reader.opener();
            for (var number = 0; number < reader.blocks(); number++) {
                var block = opener.open(number);
                assertThat(block.rows()).isEqualTo(reader.rows(number)).isLessThanOrEqualTo(Block.MAX_ROWS);
                assertSame(block, expected);
            }
            reader.verify();
        }
    }

    @Test
    void verifiesBlocksThatSeveralThreadsReadInAnyOrder() throws Exception {
        var sample = SealedSample.of(100_000);

        try (var reader = sample.open()) {
            IntStream.range(0, reader.blocks()).parallel().forEach(block -> {
                try {
                    assertThat(reader.opener().open(block).rows()).isPositive();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            reader.verify();
        }
    }

    @Test
    void verifiesAlsoWhatNobodyRead() throws Exception {
        var sample = SealedSample.of(40_000);
        var changed = sample.file().clone();
        changed[changed.length / 2] ^= 1;

        try (var reader = sample.open()) {
            reader.verify();
        }
        try (var reader = SealedDatasetReader.open(SealedSample.source(changed), sample.manifest(), sample.key())) {
            assertThatThrownBy(reader::verify).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesAnotherKey() throws Exception {
        var sample = SealedSample.of(10);
        var other = DatasetKey.generate(new SecureRandom());

        assertThatThrownBy(() -> SealedDatasetReader.open(SealedSample.source(sample.file()), sample.manifest(), other))
                .isInstanceOf(Malformed.class)
                .hasMessage("ciphertext was not sealed under this key and context");
    }

    @Test
    void refusesAClosedKey() throws Exception {
        var sample = SealedSample.of(10);
        sample.key().close();

        assertThatThrownBy(sample::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void neverSealsTwiceUnderOneSalt() throws Exception {
        try (var key = DatasetKey.generate(new SecureRandom())) {
            var salts = IntStream.range(0, 100)
                    .mapToObj(i -> {
                        try {
                            return SealedSample.of(1, SealedSample.version("customers", 1), key)
                                    .manifest()
                                    .ciphertext()
                                    .salt();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .distinct();

            assertThat(salts).hasSize(100);
        }
    }

    @Test
    void hidesOneValueInTheLengthOfTheCiphertext() throws Exception {
        var lengths = IntStream.range(0, 50).mapToObj(guess -> {
            try {
                return SealedSample.of(300 + guess % 2).manifest().ciphertext().length();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(lengths.distinct()).hasSize(1);
    }

    private static void assertSame(Block block, SealedSample.Values expected) throws Malformed {
        var email = (ColumnView.Identities) block.column(0);
        var segment = (ColumnView.Texts) block.column(1);
        var visits = (ColumnView.Numbers) block.column(2);
        var spend = (ColumnView.Numbers) block.column(3);
        var born = (ColumnView.Dates) block.column(4);
        var seen = (ColumnView.Numbers) block.column(5);
        var member = (ColumnView.Truths) block.column(6);
        var columns = List.of(email, segment, visits, spend, born, seen, member);
        for (var row = 0; row < block.rows(); row++) {
            expected.next();
            for (var column = 0; column < 7; column++) {
                var isNull = columns.get(column).isNull(row);
                if (isNull != expected.isNull[column]) {
                    throw new AssertionError("null of row " + row + ", column " + column);
                }
            }
            var same = (expected.isNull[0] || digest(email, row).equals(ByteBuffer.wrap(expected.email)))
                    && (expected.isNull[1] || segment.entry(segment.code(row)).equals(expected.segment))
                    && visits.get(row) == (expected.isNull[2] ? 0 : expected.visits)
                    && spend.get(row) == (expected.isNull[3] ? 0 : expected.spend)
                    && born.get(row) == (expected.isNull[4] ? 0 : expected.born)
                    && seen.get(row) == (expected.isNull[5] ? 0 : expected.seen)
                    && member.get(row) == (!expected.isNull[6] && expected.member);
            if (!same) {
                throw new AssertionError("row " + row);
            }
        }
    }

    private static ByteBuffer digest(ColumnView.Identities column, int row) {
        var digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (var plane = 0; plane < ColumnView.Identities.PLANES; plane++) {
            digest.putLong(column.part(plane, row));
        }
        return digest.flip();
    }
}
