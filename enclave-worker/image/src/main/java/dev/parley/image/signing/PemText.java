package dev.parley.image.signing;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One block of RFC 7468 in its strict form, which is what OpenSSL writes: lines of 64 characters, each ended by a line
 * feed, and nothing around the block. One value has one spelling.
 */
record PemText(String label, Bytes der) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    static PemText parse(Bytes text) throws Malformed {
        var lines = StandardCharsets.ISO_8859_1.decode(text.asBuffer()).toString();
        var begin = "-----BEGIN ";
        int labelEnd = lines.indexOf("-----\n");
        if (!lines.startsWith(begin) || labelEnd < begin.length()) {
            throw new Malformed("PEM does not begin with its label");
        }
        var label = lines.substring(begin.length(), labelEnd);
        int end = lines.indexOf("\n-----END ");
        if (end < labelEnd) {
            throw new Malformed("PEM does not end with its label");
        }
        try {
            var base64 = lines.substring(labelEnd + 6, end).replace("\n", "");
            var block =
                    new PemText(label, Bytes.takeOwnershipOf(Base64.getDecoder().decode(base64)));
            if (!block.bytes().equals(text)) {
                throw new Malformed("PEM is not in its strict form");
            }
            return block;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new Malformed("PEM holds no base64", e);
        }
    }

    Bytes bytes() {
        return Bytes.utf8("-----BEGIN " + label + "-----\n" + LINES.encodeToString(der.toArray()) + "\n-----END "
                + label + "-----\n");
    }
}
