package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A dataset's ciphertext as the host hands it through the door; nothing of it is believed before it is opened. */
final class CiphertextThroughDoor implements ChunkSource {
    private final Host host;
    private final DatasetManifest manifest;
    private volatile Optional<HostError> trouble = Optional.empty();

    CiphertextThroughDoor(Host host, DatasetManifest manifest) {
        this.host = host;
        this.manifest = manifest;
    }

    @Override
    public long length() {
        return manifest.ciphertext().length();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        if (target.remaining() > length() - position) {
            throw new EOFException("a read beyond the ciphertext");
        }
        // One failed read fails them all: many waits, one after the other, would be a run without end.
        if (trouble.isPresent()) {
            throw new IOException(trouble.get());
        }
        var from = position;
        try {
            while (target.hasRemaining()) {
                var bytes = host.read(manifest.dataset(), from, Math.min(target.remaining(), Host.MAX_READ));
                target.put(bytes.asBuffer());
                from += bytes.size();
            }
        } catch (HostError e) {
            trouble = Optional.of(e);
            throw new IOException(e);
        }
    }

    /** What the host did, where that and not the data is why a read failed. */
    Optional<HostError> trouble() {
        return trouble;
    }
}
