package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.ColumnType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The checked values of one column in one block, read in place: valid as long as the block's buffer is. Rows count from
 * 0; the value of a null row is zero.
 */
public abstract sealed class ColumnView {
    private final int rows;
    private final int nulls;
    private final @Nullable Bits bitmap;

    private ColumnView(Section section, int rows) throws Malformed {
        this.rows = rows;
        this.nulls = section.count(rows);
        section.count(0);
        this.bitmap = nulls == 0 ? null : Bits.read(section, rows);
        if (bitmap != null && bitmap.count() != nulls) {
            throw new Malformed("a block has another number of nulls than it says");
        }
    }

    static ColumnView read(ByteBuffer bytes, ColumnType type, int rows) throws Malformed {
        var section = new Section(bytes);
        var view = switch (type) {
            case ColumnType.Identity() -> new Identities(section, rows);
            case ColumnType.Text() -> new Texts(section, rows);
            case ColumnType.Whole(), ColumnType.Timestamp() -> new Numbers(section, rows);
            case ColumnType.Decimal decimal -> new Numbers(section, rows);
            case ColumnType.Date() -> new Dates(section, rows);
            case ColumnType.Truth() -> new Truths(section, rows);
        };
        section.end();
        return view;
    }

    public final int rows() {
        return rows;
    }

    public final boolean hasNulls() {
        return nulls > 0;
    }

    public final boolean isNull(int row) {
        return bitmap != null && bitmap.get(row);
    }

    final int nulls() {
        return nulls;
    }

    /** Digests of 32 bytes as four planes of int64, little-endian. */
    public static final class Identities extends ColumnView {
        public static final int PLANES = 4;
        private final ByteBuffer planes;

        private Identities(Section section, int rows) throws Malformed {
            super(section, rows);
            planes = section.take(rows * PLANES * Long.BYTES);
        }

        /** Bytes 8·plane to 8·plane + 7 of the digest. */
        public long part(int plane, int row) {
            return planes.getLong((plane * rows() + row) * Long.BYTES);
        }

        /** One plane, little-endian int64, to copy as it is. */
        public ByteBuffer plane(int plane) {
            return planes.slice(plane * rows() * Long.BYTES, rows() * Long.BYTES)
                    .order(planes.order());
        }
    }

    /** Whole numbers, decimals as counts of their last digit, timestamps in microseconds. */
    public static final class Numbers extends ColumnView {
        private final ByteBuffer values;

        private Numbers(Section section, int rows) throws Malformed {
            super(section, rows);
            values = section.take(rows * Long.BYTES);
        }

        public long get(int row) {
            return values.getLong(row * Long.BYTES);
        }

        /** All values, little-endian int64, to copy as they are. */
        public ByteBuffer values() {
            return values.duplicate().order(values.order());
        }
    }

    /** Days since 1970-01-01. */
    public static final class Dates extends ColumnView {
        private final ByteBuffer values;

        private Dates(Section section, int rows) throws Malformed {
            super(section, rows);
            values = section.take(rows * Integer.BYTES);
            section.align();
        }

        public int get(int row) {
            return values.getInt(row * Integer.BYTES);
        }

        /** All values, little-endian int32, to copy as they are. */
        public ByteBuffer values() {
            return values.duplicate().order(values.order());
        }
    }

    /** Truth values. */
    public static final class Truths extends ColumnView {
        private final Bits values;

        private Truths(Section section, int rows) throws Malformed {
            super(section, rows);
            values = Bits.read(section, rows);
        }

        public boolean get(int row) {
            return values.get(row);
        }
    }

    /** Texts as codes into the block's dictionary. */
    public static final class Texts extends ColumnView {
        private final TextEntries entries;
        private final ByteBuffer codes;

        private Texts(Section section, int rows) throws Malformed {
            super(section, rows);
            entries = TextEntries.read(section, rows);
            codes = section.take(rows * Short.BYTES);
            section.align();
            checkCodes();
        }

        /** Below {@link #entries()}; 0 in a null row, where it means nothing. */
        public int code(int row) {
            return codes.getShort(row * Short.BYTES) & 0xffff;
        }

        public int entries() {
            return entries.size();
        }

        public String entry(int code) {
            return entries.text(code);
        }

        private void checkCodes() throws Malformed {
            if (entries.size() == 0 && nulls() < rows()) {
                throw new Malformed("a block has text without a dictionary");
            }
            // With an empty dictionary every row is null, and its code 0.
            var most = Math.max(entries.size() - 1, 0);
            var highest = 0;
            for (var row = 0; row < rows(); row++) {
                highest = Math.max(highest, code(row));
            }
            if (highest > most) {
                throw new Malformed("a code of a block is not in its dictionary");
            }
        }
    }
}
