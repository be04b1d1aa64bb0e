package dev.parley.server.datasets;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.CiphertextDigest;
import java.util.Optional;
import java.util.UUID;

/**
 * The ciphertext that a manifest announces.
 *
 * @param object its name in the object store, once it is there
 */
public record AnnouncedCiphertext(Name name, long length, CiphertextDigest digest, Optional<UUID> object) {
    public AnnouncedCiphertext {
        requireNonNull(name);
        requireNonNull(digest);
        requireNonNull(object);
    }

    /** Which version of which dataset. */
    public record Name(RoomId room, DatasetId dataset, int version) {
        public Name {
            requireNonNull(room);
            requireNonNull(dataset);
        }
    }
}
