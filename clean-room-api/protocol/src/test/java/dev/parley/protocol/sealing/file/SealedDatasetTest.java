package dev.parley.protocol.sealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.column.Block;
import dev.parley.protocol.sealing.column.ColumnView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedDatasetTest {
    private static final long GOLDEN_LENGTH = 84_120;
    private static final String GOLDEN_DIGEST = "a9343e653bae27a3a7d10062f6889323de032660873d666e24b813368cd64b1d";
    private static final String GOLDEN_FILE = "f3378ce721cc111fd93ea6d474ee64e7526dbbdc75766cc627004bc4bf093c5d";

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
    void opensFromTheCiphertextAlone() throws Exception {
        var sample = SealedSample.of(500);
        var length = (int) sample.manifest().ciphertext().length();
        var ciphertext = Arrays.copyOfRange(sample.file(), sample.file().length - length, sample.file().length);

        try (var reader =
                SealedDatasetReader.openCiphertext(SealedSample.source(ciphertext), sample.manifest(), sample.key())) {
            assertThat(reader.rows()).isEqualTo(500);
            reader.verify();
        }
        assertThatThrownBy(() -> SealedDatasetReader.openCiphertext(
                        SealedSample.source(sample.file()), sample.manifest(), sample.key()))
                .isInstanceOf(Malformed.class);
    }

    /** The bytes of version 1: a change here is a change of the format. */
    @Test
    void keepsItsBytes() throws Exception {
        var fixed = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 7);
            }
        };

        var sample = SealedSample.of(1_000, SealedSample.version("customers", 1), DatasetKey.generate(fixed), fixed);

        assertThat(sample.manifest().ciphertext().length()).isEqualTo(GOLDEN_LENGTH);
        assertThat(sample.manifest().ciphertext().digest().hex()).isEqualTo(GOLDEN_DIGEST);
        assertThat(Sha256Digest.of(Bytes.copyOf(sample.file())).hex()).isEqualTo(GOLDEN_FILE);
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
