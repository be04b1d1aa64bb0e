package dev.parley.cli.upload;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Progress;
import dev.parley.cli.remote.OperatorApi;
import dev.parley.cli.remote.Sessions;
import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusUpload;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a ciphertext by tus 1.0, and goes on where an earlier attempt broke off. */
final class CiphertextUpload {
    private static final int ATTEMPTS = 5;
    private static final int PART = 64 << 10;
    private static final int REQUEST = 32 << 20;
    private static final int DIGEST_MISMATCH = 422;

    private final OperatorApi operator;
    private final UploadUrls urls;
    private final SealedVersionFiles files;

    CiphertextUpload(OperatorApi operator, UploadUrls urls, SealedVersionFiles files) {
        this.operator = operator;
        this.urls = urls;
        this.files = files;
    }

    void send(Progress progress) throws Failure {
        for (var attempt = 1; ; attempt++) {
            try {
                attempt(progress);
                return;
            } catch (ProtocolException e) {
                throw refused(e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw Failure.of(CliCode.UPLOAD_CUT, "the upload broke off; the same command goes on from there");
                }
                Sessions.pause(Duration.ofMillis(100L << attempt));
            }
        }
    }

    private void attempt(Progress progress) throws IOException, ProtocolException, Failure {
        var client = new TusClient();
        client.setUploadCreationURL(UploadUrls.url(operator.uploads()));
        client.setHeaders(Map.of("Authorization", "Bearer " + operator.token()));
        client.enableResuming(urls);
        client.enableRemoveFingerprintOnSuccess();
        try (var content = ciphertext()) {
            var uploader = client.resumeOrCreateUpload(upload(content));
            uploader.setChunkSize(PART);
            uploader.setRequestPayloadSize(REQUEST);
            progress.at(uploader.getOffset());
            while (uploader.uploadChunk() > -1) {
                progress.at(uploader.getOffset());
            }
            uploader.finish();
        }
    }

    private TusUpload upload(InputStream content) {
        var manifest = files.manifest();
        var upload = new TusUpload();
        upload.setSize(manifest.ciphertext().length());
        upload.setInputStream(content);
        upload.setFingerprint(operator.uploads() + " " + manifest.digest());
        upload.setMetadata(Map.of(
                "room", manifest.room().value(),
                "dataset", manifest.dataset().value(),
                "version", Integer.toString(manifest.version())));
        return upload;
    }

    /** The file without its header, which the manifest implies. */
    private InputStream ciphertext() throws IOException {
        var input = Files.newInputStream(files.sealed());
        try {
            input.skipNBytes(files.offset());
            return input;
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    private static Failure refused(ProtocolException e) throws Failure {
        @Nullable HttpURLConnection connection = e.getCausingConnection();
        if (connection == null) {
            return Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, "the operator does not speak tus 1.0");
        }
        try {
            var status = connection.getResponseCode();
            // The library has closed the answer, so only its status is left; at the end of an upload it says this.
            return status == DIGEST_MISMATCH
                    ? Failure.of(
                            "UPLOAD_DIGEST_MISMATCH",
                            ExitCode.REFUSED,
                            "what arrived is not the ciphertext that the manifest names: seal again")
                    : OperatorApi.refusal(connection.getURL(), status);
        } catch (IOException unreadable) {
            return Failure.of(CliCode.UPLOAD_CUT, "the upload broke off; the same command goes on from there");
        }
    }
}
