package dev.parley.server.uploads;

import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.objects.Objects;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Writes what arrives to an upload. The lock on the file keeps out every other writer, in this process and in others that
 * share the folder.
 */
@Singleton
final class Transfer {
    private static final Logger LOG = Logger.getLogger(Transfer.class);
    private static final int BUFFER = 1 << 16;

    private final Uploads uploads;
    private final Objects objects;
    private final Set<UUID> writing = ConcurrentHashMap.newKeySet();

    Transfer(Uploads uploads, Objects objects) {
        this.uploads = uploads;
        this.objects = objects;
    }

    /** How many bytes are there; completes an upload that a crash left between its last byte and its record. */
    long offset(StoredUpload upload) throws IOException {
        if (upload.completedAt != null) {
            return upload.length;
        }
        if (objects.isWhole(upload.id)) {
            uploads.complete(upload);
            return upload.length;
        }
        var arrived = objects.arrived(upload.id).orElseThrow(Refused::notFound);
        if (arrived == upload.length) {
            try (var part = lock(upload.id)) {
                finish(upload, part.channel());
            }
        }
        return arrived;
    }

    /** Appends {@code body} at {@code offset}; what arrived before a break stays. */
    long append(StoredUpload upload, long offset, InputStream body, PartChecksum checksum) throws IOException {
        if (upload.completedAt != null) {
            throw Refused.with(ProblemCode.UPLOAD_COMPLETE, "nothing is missing");
        }
        try (var open = lock(upload.id)) {
            var part = open.channel();
            if (part.size() != offset) {
                throw Refused.with(ProblemCode.UPLOAD_OFFSET_MISMATCH, "Upload-Offset is not what HEAD says");
            }
            write(upload, part, body, checksum);
            var arrived = part.size();
            if (arrived == upload.length) {
                finish(upload, part);
            }
            return arrived;
        }
    }

    void discard(StoredUpload upload) throws IOException {
        if (upload.completedAt != null) {
            throw Refused.with(ProblemCode.UPLOAD_COMPLETE, "nothing is missing");
        }
        try (var part = lock(upload.id)) {
            if (uploads.forget(part.upload())) {
                objects.discard(part.upload());
            }
        }
    }

    private OpenPart lock(UUID upload) throws IOException {
        if (objects.arrived(upload).isEmpty()) {
            throw Refused.notFound();
        }
        return OpenPart.lock(upload, writing, objects)
                .orElseThrow(() -> Refused.with(ProblemCode.UPLOAD_IN_PROGRESS, "continue when it has ended"));
    }

    private static void write(StoredUpload upload, FileChannel part, InputStream body, PartChecksum checksum)
            throws IOException {
        var start = part.size();
        try {
            copy(body, part, upload.length, checksum);
            if (!checksum.holds()) {
                part.truncate(start);
                throw Refused.with(ProblemCode.UPLOAD_CHECKSUM_MISMATCH, "nothing of this part was kept");
            }
        } finally {
            part.force(true);
        }
    }

    private static void copy(InputStream body, FileChannel part, long length, PartChecksum checksum)
            throws IOException {
        var start = part.size();
        var position = start;
        var buffer = new byte[BUFFER];
        for (var read = read(body, buffer); read >= 0; read = read(body, buffer)) {
            if (position + read > length) {
                part.truncate(start);
                throw Refused.with(ProblemCode.BODY_TOO_LARGE, "more bytes than Upload-Length; this part was not kept");
            }
            checksum.update(buffer, read);
            var bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                position += part.write(bytes, position);
            }
        }
    }

    /** A connection that breaks is no error of this server: the client comes back and asks for the offset. */
    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw Refused.with(ProblemCode.MALFORMED, "the body ended early; what arrived is kept");
        }
    }

    private void finish(StoredUpload upload, FileChannel part) throws IOException {
        var announced = uploads.announced(upload);
        if (!CiphertextHashing.of(part).equals(announced.digest())) {
            LOG.infof("upload %s discarded: another digest than its manifest's", upload.id);
            uploads.forget(upload.id);
            objects.discard(upload.id);
            throw Refused.with(ProblemCode.UPLOAD_DIGEST_MISMATCH, "the upload was discarded");
        }
        part.force(true);
        objects.finish(upload.id);
        if (!uploads.complete(upload)) {
            objects.remove(upload.id);
        }
    }
}
