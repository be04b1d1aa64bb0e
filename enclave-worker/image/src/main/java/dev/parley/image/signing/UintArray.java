package dev.parley.image.signing;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.ArrayList;
import java.util.List;

/** Bytes as AWS's builder writes them here: not a byte string but an array with a number for each. */
final class UintArray {
    private UintArray() {}

    static Cbor of(Bytes bytes) {
        List<Cbor> items = new ArrayList<>(bytes.size());
        var each = bytes.asBuffer();
        while (each.hasRemaining()) {
            items.add(Cbor.of(Byte.toUnsignedInt(each.get())));
        }
        return new Cbor.Arr(items);
    }

    static Bytes bytes(Cbor value) throws Malformed {
        if (!(value instanceof Cbor.Arr(var items))) {
            throw new Malformed("signature section has something else than an array of numbers");
        }
        var bytes = new byte[items.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(items.get(i) instanceof Cbor.Int(var number)) || number < 0 || number > 255) {
                throw new Malformed("signature section has a number that is no byte");
            }
            bytes[i] = (byte) number;
        }
        return Bytes.takeOwnershipOf(bytes);
    }
}
