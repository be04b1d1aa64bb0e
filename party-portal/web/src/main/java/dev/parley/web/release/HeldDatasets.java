package dev.parley.web.release;

import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import java.util.Optional;

/** Dataset versions that this party's steward registered, with their wrapped keys. */
public interface HeldDatasets {
    /** The wrapped key of exactly this version, by its manifest's digest. */
    Optional<WrappedDatasetKey> key(RoomId room, DatasetVersion version);
}
