package dev.parley.cli.upload;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import io.tus.java.client.TusURLStore;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where uploads that broke off can be taken up again, across commands. Losing this costs a new upload, nothing else. */
final class UploadUrls implements TusURLStore {
    private final Path folder;

    UploadUrls(Path folder) {
        this.folder = folder;
    }

    @Override
    public void set(String fingerprint, URL url) {
        try {
            OwnFiles.writePrivate(file(fingerprint), Bytes.utf8(url.toString()));
        } catch (Failure e) {
            // The upload itself goes on; only a cut would cost more.
            remove(fingerprint);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // The library asks for null where there is none.
    public @Nullable URL get(String fingerprint) {
        try {
            return URI.create(Files.readString(file(fingerprint), StandardCharsets.UTF_8))
                    .toURL();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void remove(String fingerprint) {
        try {
            Files.deleteIfExists(file(fingerprint));
        } catch (IOException e) {
            // A stale address is refused by the operator, and a new upload begins.
            return;
        }
    }

    private Path file(String fingerprint) {
        return folder.resolve(Sha256Digest.of(Bytes.utf8(fingerprint)).hex());
    }

    static URL url(URI uri) throws MalformedURLException {
        return uri.toURL();
    }
}
