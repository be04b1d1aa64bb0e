package dev.parley.server.uploads;

import dev.parley.server.objects.Objects;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The file of an upload, held by its one writer. Kept out are other requests of this process, by the set, and other
 * processes, by the lock on the file; the set comes first, since closing a second channel would drop the lock.
 */
record OpenPart(UUID upload, FileChannel channel, Set<UUID> writing) implements AutoCloseable {
    /** Empty while another holds it. */
    static Optional<OpenPart> lock(UUID upload, Set<UUID> writing, Objects objects) throws IOException {
        if (!writing.add(upload)) {
            return Optional.empty();
        }
        FileChannel channel;
        try {
            channel = objects.openPart(upload);
        } catch (IOException e) {
            writing.remove(upload);
            throw e;
        }
        var part = new OpenPart(upload, channel, writing);
        if (channel.tryLock() == null) {
            part.close();
            return Optional.empty();
        }
        return Optional.of(part);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            writing.remove(upload);
        }
    }
}
