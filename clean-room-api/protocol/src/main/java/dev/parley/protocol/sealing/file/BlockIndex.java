package dev.parley.protocol.sealing.file;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import dev.parley.protocol.sealing.column.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Where the blocks of a payload stand and how many rows each has. */
record BlockIndex(List<Entry> entries) {
    static final int TRAILER_SIZE = 16;
    static final int HEAD_SIZE = 16;
    static final int ENTRY_SIZE = 8;
    static final int MAX_BLOCKS = 1 << 20;
    static final int MAX_SIZE = HEAD_SIZE + MAX_BLOCKS * ENTRY_SIZE;
    private static final int TRAILER_MARK = 'P' | 'E' << 8 | 'N' << 16 | 'D' << 24;

    BlockIndex {
        entries = List.copyOf(entries);
    }

    /** @param chunk the first of the chunks that hold the block */
    record Entry(long chunk, int length, int rows) {
        int chunks() {
            return (length + ChunkLayout.CHUNK_SIZE - 1) / ChunkLayout.CHUNK_SIZE;
        }
    }

    /** What the last 16 bytes of the payload say, within the limits of a payload of this length. */
    record Trailer(long position, int length) {
        static Trailer parse(ByteBuffer bytes, long payloadLength) throws Malformed {
            var fields = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            var trailer = new Trailer(fields.getLong(), fields.getInt());
            if (fields.getInt() != TRAILER_MARK
                    || trailer.position < 0
                    || trailer.position % ChunkLayout.CHUNK_SIZE != 0
                    || trailer.position > payloadLength
                    || trailer.length < HEAD_SIZE
                    || trailer.length > MAX_SIZE
                    || Padme.padded(trailer.end() + TRAILER_SIZE) != payloadLength) {
                throw new Malformed("payload has no valid trailer");
            }
            return trailer;
        }

        long end() {
            return position + length;
        }

        ByteBuffer bytes() {
            return ByteBuffer.allocate(TRAILER_SIZE)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(position)
                    .putInt(length)
                    .putInt(TRAILER_MARK)
                    .flip();
        }
    }

    /** Refuses an index whose blocks do not end where it starts itself. */
    static BlockIndex parse(ByteBuffer bytes, long position) throws Malformed {
        var fields = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        var rows = fields.getLong();
        var blocks = fields.getInt();
        if (fields.getInt() != 0 || blocks < 0 || blocks > MAX_BLOCKS || fields.remaining() != blocks * ENTRY_SIZE) {
            throw new Malformed("index of blocks has another size than it says");
        }
        List<Entry> entries = new ArrayList<>(blocks);
        var chunk = 0L;
        for (var i = 0; i < blocks; i++) {
            var entry = new Entry(chunk, fields.getInt(), fields.getInt());
            if (entry.length < 1 || entry.length > Block.MAX_SIZE || entry.rows < 1 || entry.rows > Block.MAX_ROWS) {
                throw new Malformed("index names an impossible block");
            }
            chunk += entry.chunks();
            rows -= entry.rows;
            entries.add(entry);
        }
        if (rows != 0 || chunk * ChunkLayout.CHUNK_SIZE != position) {
            throw new Malformed("index does not add up");
        }
        return new BlockIndex(entries);
    }

    ByteBuffer bytes() {
        var bytes = ByteBuffer.allocate(HEAD_SIZE + entries.size() * ENTRY_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(rows())
                .putInt(entries.size())
                .putInt(0);
        for (var entry : entries) {
            bytes.putInt(entry.length).putInt(entry.rows);
        }
        return bytes.flip();
    }

    long rows() {
        return entries.stream().mapToLong(Entry::rows).sum();
    }
}
