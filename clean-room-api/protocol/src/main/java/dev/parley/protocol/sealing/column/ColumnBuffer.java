package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects the values of one column until its block is full: arrays of primitives, reused from block to block. */
abstract sealed class ColumnBuffer {
    private final long[] nulls = new long[Bits.words(Block.MAX_ROWS)];
    private int nullCount;
    /** The row that was set last, plus one. */
    private int filled;

    static ColumnBuffer of(ColumnType type) {
        return switch (type) {
            case ColumnType.Identity() -> new Identities();
            case ColumnType.Text() -> new Texts();
            case ColumnType.Whole(), ColumnType.Timestamp() -> new Numbers();
            case ColumnType.Decimal decimal -> new Numbers();
            case ColumnType.Date() -> new Dates();
            case ColumnType.Truth() -> new Truths();
        };
    }

    final void endRow(int row) {
        if (filled <= row) {
            nulls[row / Long.SIZE] |= 1L << row;
            nullCount++;
            zero(row);
        }
    }

    final int size(int rows) {
        return Long.BYTES + (nullCount > 0 ? Bits.words(rows) * Long.BYTES : 0) + valueSize(rows);
    }

    final void write(ByteBuffer target, int rows) {
        target.putInt(nullCount).putInt(0);
        if (nullCount > 0) {
            putLongs(target, nulls, Bits.words(rows));
        }
        writeValues(target, rows);
        while (target.position() % Long.BYTES != 0) {
            target.put((byte) 0);
        }
    }

    void clear() {
        Arrays.fill(nulls, 0);
        nullCount = 0;
        filled = 0;
    }

    final void filled(int row) {
        filled = row + 1;
    }

    /** A multiple of 8. */
    abstract int valueSize(int rows);

    abstract void writeValues(ByteBuffer target, int rows);

    /** The buffer still holds values of the last block. */
    abstract void zero(int row);

    static int align(int size) {
        return (size + Long.BYTES - 1) & -Long.BYTES;
    }

    private static void putLongs(ByteBuffer target, long[] values, int count) {
        target.asLongBuffer().put(values, 0, count);
        target.position(target.position() + count * Long.BYTES);
    }

    static final class Identities extends ColumnBuffer {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private final long[][] planes = new long[ColumnView.Identities.PLANES][Block.MAX_ROWS];

        void set(int row, byte[] digest, int offset) {
            for (var i = 0; i < planes.length; i++) {
                planes[i][row] = (long) LONGS.get(digest, offset + i * Long.BYTES);
            }
            filled(row);
        }

        @Override
        int valueSize(int rows) {
            return planes.length * rows * Long.BYTES;
        }

        @Override
        void writeValues(ByteBuffer target, int rows) {
            for (var plane : planes) {
                putLongs(target, plane, rows);
            }
        }

        @Override
        void zero(int row) {
            for (var plane : planes) {
                plane[row] = 0;
            }
        }
    }

    static final class Numbers extends ColumnBuffer {
        private final long[] values = new long[Block.MAX_ROWS];

        void set(int row, long value) {
            values[row] = value;
            filled(row);
        }

        @Override
        int valueSize(int rows) {
            return rows * Long.BYTES;
        }

        @Override
        void writeValues(ByteBuffer target, int rows) {
            putLongs(target, values, rows);
        }

        @Override
        void zero(int row) {
            values[row] = 0;
        }
    }

    static final class Dates extends ColumnBuffer {
        private final int[] values = new int[Block.MAX_ROWS];

        void set(int row, int value) {
            values[row] = value;
            filled(row);
        }

        @Override
        int valueSize(int rows) {
            return align(rows * Integer.BYTES);
        }

        @Override
        void writeValues(ByteBuffer target, int rows) {
            target.asIntBuffer().put(values, 0, rows);
            target.position(target.position() + rows * Integer.BYTES);
        }

        @Override
        void zero(int row) {
            values[row] = 0;
        }
    }

    static final class Truths extends ColumnBuffer {
        private final long[] words = new long[Bits.words(Block.MAX_ROWS)];

        void set(int row, boolean value) {
            zero(row);
            words[row / Long.SIZE] |= (value ? 1L : 0L) << row;
            filled(row);
        }

        @Override
        int valueSize(int rows) {
            return Bits.words(rows) * Long.BYTES;
        }

        @Override
        void writeValues(ByteBuffer target, int rows) {
            putLongs(target, words, Bits.words(rows));
        }

        @Override
        void zero(int row) {
            words[row / Long.SIZE] &= ~(1L << row);
        }

        @Override
        void clear() {
            super.clear();
            Arrays.fill(words, 0);
        }
    }

    static final class Texts extends ColumnBuffer {
        private final TextDictionary dictionary = new TextDictionary();
        private final short[] codes = new short[Block.MAX_ROWS];

        void set(int row, byte[] utf8, int offset, int length) throws Malformed {
            codes[row] = dictionary.code(utf8, offset, length);
            filled(row);
        }

        int dictionaryBytes() {
            return dictionary.length();
        }

        @Override
        int valueSize(int rows) {
            var dictionarySize = 2 * Integer.BYTES + (dictionary.entries() + 1) * Integer.BYTES + dictionary.length();
            return align(dictionarySize) + align(rows * Short.BYTES);
        }

        @Override
        void writeValues(ByteBuffer target, int rows) {
            dictionary.write(target);
            while (target.position() % Long.BYTES != 0) {
                target.put((byte) 0);
            }
            target.asShortBuffer().put(codes, 0, rows);
            target.position(target.position() + rows * Short.BYTES);
        }

        @Override
        void zero(int row) {
            codes[row] = 0;
        }

        @Override
        void clear() {
            super.clear();
            dictionary.clear();
        }
    }
}
