package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/**
 * A dataset key sealed to its owner's own broker. It opens only as the key of the version it was wrapped for: the
 * {@code info} of HPKE names room, dataset, version and party. Specified in {@code docs/spec/sealed-dataset.md} §6.
 */
public record WrappedDatasetKey(SealedVersion sealed, Thumbprint broker, Bytes wrapped) {
    private static final String KIND = "wrapped-dataset-key/1";

    public WrappedDatasetKey {
        requireNonNull(sealed);
        requireNonNull(broker);
        requireNonNull(wrapped);
    }

    public static WrappedDatasetKey wrap(DatasetKey key, SealedVersion sealed, SealingKey broker) {
        return new WrappedDatasetKey(sealed, broker.thumbprint(), key.sealTo(broker, sealed.keyInfo()));
    }

    /**
     * The key, for its owner's broker.
     *
     * @throws Malformed if it was wrapped to another broker, for another version, or is damaged
     */
    public DatasetKey unwrap(OpeningKey broker) throws Malformed {
        return DatasetKey.open(broker, sealed.keyInfo(), wrapped);
    }

    public static WrappedDatasetKey parse(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", KIND);
        var key = new WrappedDatasetKey(
                SealedVersion.read(fields), fields.text("broker", Thumbprint::parse), fields.bytes("wrapped"));
        fields.end();
        return key;
    }

    public Json.Obj json() {
        return sealed.json(KIND)
                .put("broker", broker.print())
                .put("wrapped", wrapped)
                .build();
    }
}
