package dev.parley.protocol.sealing.file;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes before the ciphertext. Version and schema imply every one of them. */
final class FileStart {
    private static final Bytes MAGIC = Bytes.utf8("PARLEYSD");
    private static final short VERSION = 1;

    private FileStart() {}

    static Bytes of(SealedVersion sealed, Schema schema) {
        var header = sealed.json("sealed-dataset/1")
                .put("schema", schema.json())
                .build()
                .canonical();
        var start = ByteBuffer.allocate(MAGIC.size() + Short.BYTES + Integer.BYTES + header.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC.asBuffer())
                .putShort(VERSION)
                .putInt(header.size())
                .put(header.asBuffer());
        return Bytes.takeOwnershipOf(start.array());
    }
}
