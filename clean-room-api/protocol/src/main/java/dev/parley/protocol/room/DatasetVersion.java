package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** One sealed version of a dataset, named by the digest of its manifest. */
public record DatasetVersion(DatasetId dataset, int version, Sha384Digest manifest) {
    public DatasetVersion {
        requireNonNull(dataset);
        requireNonNull(manifest);
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1");
        }
    }

    public static DatasetVersion read(Fields fields) throws Malformed {
        return new DatasetVersion(
                fields.text("dataset", DatasetId::parse),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                fields.text("manifest", Sha384Digest::parse));
    }

    public Json.Obj json() {
        return Json.object()
                .put("dataset", dataset.value())
                .put("version", version)
                .put("manifest", manifest.hex())
                .build();
    }
}
