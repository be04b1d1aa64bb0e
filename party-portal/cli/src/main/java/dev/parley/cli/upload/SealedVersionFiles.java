package dev.parley.cli.upload;

import static java.util.Objects.requireNonNull;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.seal.SealedFiles;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The three files of one sealed version, seen to belong together. Whether every byte of the ciphertext is right is for the
 * operator to find out at the end of the upload, and for every reader.
 *
 * @param offset where the ciphertext begins in the sealed file
 */
record SealedVersionFiles(Path sealed, Jws statement, DatasetManifest manifest, WrappedDatasetKey key, long offset) {
    private static final int LIMIT = 1 << 20;

    SealedVersionFiles {
        requireNonNull(sealed);
        requireNonNull(statement);
        requireNonNull(manifest);
        requireNonNull(key);
    }

    static SealedVersionFiles read(Path sealed, VerificationKey steward) throws Failure {
        var files = SealedFiles.beside(sealed);
        try {
            var text = new String(OwnFiles.read(files.manifest(), LIMIT).toArray(), StandardCharsets.US_ASCII);
            var statement = Jws.parse(text.strip());
            var manifest = DatasetManifest.read(statement, steward);
            var key = WrappedDatasetKey.parse(
                    Json.parseCanonical(OwnFiles.read(files.key(), LIMIT)).asObject());
            if (!key.sealed().equals(manifest.sealed())) {
                throw mismatch("the key is that of another version");
            }
            return new SealedVersionFiles(files.sealed(), statement, manifest, key, offset(files.sealed(), manifest));
        } catch (BadSignature e) {
            throw mismatch("your steward key did not sign the manifest");
        } catch (Malformed e) {
            throw mismatch(String.valueOf(e.getMessage()));
        }
    }

    private static long offset(Path sealed, DatasetManifest manifest) throws Failure {
        var stated = manifest.ciphertext();
        try (var file = FileChannel.open(sealed, StandardOpenOption.READ)) {
            var offset = file.size() - stated.length();
            if (offset < 0) {
                throw mismatch("the sealed file is shorter than its manifest says");
            }
            var start = ByteBuffer.allocate(
                            stated.salt().size() + stated.commitment().size())
                    .put(stated.salt().asBuffer())
                    .put(stated.commitment().asBuffer());
            if (!found(file, offset, start.capacity()).equals(Bytes.copyOf(start.flip()))) {
                throw mismatch("the manifest is that of another sealed file");
            }
            return offset;
        } catch (IOException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, sealed + " cannot be read");
        }
    }

    private static Bytes found(FileChannel file, long offset, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size);
        var read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, offset + bytes.position());
        }
        return Bytes.copyOf(bytes.flip());
    }

    private static Failure mismatch(String line) {
        return Failure.of(CliCode.SEALED_FILE_MISMATCH, line);
    }
}
