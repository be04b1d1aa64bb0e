package dev.parley.image.signing;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a signature section. Only the first entry, which is over PCR0, says who signed the image; the others have
 * the same form and are not judged.
 */
record ImageSignature(List<SignatureEntry> entries) {
    private static final int MAX_DEPTH = 3;

    ImageSignature {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a signature section has an entry");
        }
    }

    /** Reads exactly the bytes that {@link #section()} writes. */
    static ImageSignature parse(Bytes section) throws Malformed {
        if (!(Cbor.parse(section, MAX_DEPTH) instanceof Cbor.Arr(var items)) || items.isEmpty()) {
            throw new Malformed("signature section is no array with an entry");
        }
        List<SignatureEntry> entries = new ArrayList<>();
        for (var item : items) {
            entries.add(SignatureEntry.parse(item));
        }
        var signature = new ImageSignature(entries);
        if (!signature.section().equals(section)) {
            throw new Malformed("signature section has its members in another order");
        }
        return signature;
    }

    Bytes section() {
        return new Cbor.Arr(entries.stream().map(SignatureEntry::cbor).toList()).encode();
    }

    SignatureEntry first() {
        return entries.getFirst();
    }
}
