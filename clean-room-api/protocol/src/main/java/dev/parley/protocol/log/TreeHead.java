package dev.parley.protocol.log;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** The size of the log and the root of its Merkle tree (RFC 6962 §2.1). */
public record TreeHead(long size, Sha256Digest root) {
    public TreeHead {
        requireNonNull(root);
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative");
        }
    }

    /** Reads all members of {@code fields}. */
    public static TreeHead read(Fields fields) throws Malformed {
        var size = fields.longText("size");
        if (size < 0) {
            throw new Malformed("a tree's size is not negative");
        }
        var head = new TreeHead(size, fields.text("root", Sha256Digest::parse));
        fields.end();
        return head;
    }

    public Json.Obj json() {
        return Json.object()
                .put("size", Long.toString(size))
                .put("root", root.hex())
                .build();
    }
}
