package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;

/** Which version of whose dataset in which room: what every sealed byte is bound to. */
public record SealedVersion(RoomId room, DatasetId dataset, int version, PartyId party) {
    public SealedVersion {
        requireNonNull(room);
        requireNonNull(dataset);
        requireNonNull(party);
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1");
        }
    }

    /** Reads {@code room dataset version party} and leaves other members to the caller. */
    static SealedVersion read(Fields fields) throws Malformed {
        return new SealedVersion(
                fields.text("room", RoomId::parse),
                fields.text("dataset", DatasetId::parse),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                fields.text("party", PartyId::parse));
    }

    /** The {@code context} of the chunked encryption: the key stream of one version and schema opens no other. */
    public Bytes context(SchemaDigest schema) {
        return json("sealing-context/1").put("schema", schema.hex()).build().canonical();
    }

    /** The {@code info} under which the dataset's key is wrapped to its owner's broker. */
    Bytes keyInfo() {
        return json("dataset-key/1").build().canonical();
    }

    /** A document of some kind about this version, to be completed. */
    public Json.Builder json(String kind) {
        return Json.object()
                .put("parley", kind)
                .put("room", room.value())
                .put("dataset", dataset.value())
                .put("version", version)
                .put("party", party.value());
    }
}
