package dev.parley.enclave.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Purposes in key derivation. The length of the label goes first, so that no label and context read as another pair. */
final class Labels {
    private Labels() {}

    static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] framed(String label, byte[] context) {
        var name = ascii(label);
        return ByteBuffer.allocate(Integer.BYTES + name.length + context.length)
                .putInt(name.length)
                .put(name)
                .put(context)
                .array();
    }
}
