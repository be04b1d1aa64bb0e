package dev.parley.cli.seal;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.sealing.file.SealedDatasetWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Seals one file. The dataset's key exists in this process alone, wrapped before it is written, zeroed after. */
final class Seal {
    private final SealRequest request;
    private final Terminal terminal;

    Seal(SealRequest request, Terminal terminal) {
        this.request = request;
        this.terminal = terminal;
    }

    record Result(long rows, long skipped, long ciphertextLength) {}

    /** How a manifest is made and signed, once the ciphertext is known. */
    interface Signing {
        Jws sign(Schema schema, SealedCiphertext ciphertext);
    }

    /** The manifest comes last: without it, nobody takes what else was written. */
    Result run(SealingKey wrapKey, Signing signing) throws Failure {
        var files = request.files();
        var folder = files.sealed().getParent();
        try (var key = DatasetKey.generate(terminal.surroundings().random())) {
            Files.createDirectories(folder == null ? Path.of("") : folder);
            var draft = Files.createTempFile(folder, ".parley-", ".tmp");
            // An interrupt ends the process without the block below.
            draft.toFile().deleteOnExit();
            try {
                var sealed = write(draft, key);
                Files.move(draft, files.sealed(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                var wrapped = WrappedDatasetKey.wrap(key, request.sealed(), wrapKey);
                OwnFiles.writePrivate(files.key(), wrapped.json().canonical());
                var manifest = signing.sign(request.mapping().schema(), sealed.ciphertext());
                OwnFiles.write(files.manifest(), Bytes.utf8(manifest.compact() + "\n"));
                return new Result(
                        sealed.rows(), sealed.skipped(), sealed.ciphertext().length());
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw Failure.of(CliCode.OUTPUT_UNWRITABLE, files.sealed() + " cannot be written");
        }
    }

    private CsvSealing.Sealed write(Path draft, DatasetKey key) throws Failure, IOException {
        try (var input = open(request.csv());
                var output = FileChannel.open(draft, StandardOpenOption.WRITE);
                var progress = terminal.progress("sealing", size(request.csv()));
                var writer = SealedDatasetWriter.create(
                        output,
                        request.sealed(),
                        request.mapping().schema(),
                        key,
                        terminal.surroundings().random())) {
            var reader = new CsvReader(input, request.separator());
            var sealed = new CsvSealing(reader, request.mapping(), request.skipUnusable()).seal(writer, progress);
            output.force(true);
            return sealed;
        } catch (CsvProblem e) {
            throw e.failure("");
        } catch (CsvProblemAt e) {
            throw e.failure();
        }
    }

    private static java.io.InputStream open(Path csv) throws Failure {
        try {
            if (Files.isDirectory(csv)) {
                throw new CsvProblem(SealCode.CSV_UNREADABLE, 0, 0).failure("");
            }
            return Files.newInputStream(csv);
        } catch (IOException e) {
            throw new CsvProblem(SealCode.CSV_UNREADABLE, 0, 0).failure("");
        }
    }

    private static long size(Path csv) throws IOException {
        return Files.size(csv);
    }
}
