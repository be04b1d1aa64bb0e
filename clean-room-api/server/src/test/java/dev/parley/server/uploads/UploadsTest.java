package dev.parley.server.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.SealedSample;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class UploadsTest {
    private static @Nullable TestRoom room;
    private static int version;

    private final Path folder = ConfigProvider.getConfig().getValue("parley.objects.folder", Path.class);

    @Test
    void continuesWhereItWasCut() {
        var sealed = announced();
        var upload = sealed.begin();

        var first = sealed.append(upload, 0, sealed.part(0, 70_000));
        var offset = sealed.head(upload);
        var rest = sealed.append(
                upload, 70_000, sealed.part(70_000, sealed.ciphertext().size()));

        assertThat(first.header("Upload-Offset")).isEqualTo("70000");
        assertThat(offset.header("Upload-Offset")).isEqualTo("70000");
        assertThat(offset.header("Upload-Length"))
                .isEqualTo(Integer.toString(sealed.ciphertext().size()));
        assertThat(rest.status()).isEqualTo(204);
        assertThat(stored(sealed)).isEqualTo(sealed.ciphertext());
    }

    @Test
    void keepsWhatArrivedBeforeTheConnectionBroke() throws IOException {
        var sealed = announced();
        var upload = sealed.begin();

        sendHalf(sealed, upload, 100_000);
        var arrived = waitForOffset(sealed, upload);
        var rest = sealed.append(
                upload, arrived, sealed.part(arrived, sealed.ciphertext().size()));

        assertThat(arrived).isBetween(1, 100_000);
        assertThat(rest.status()).isEqualTo(204);
        assertThat(stored(sealed)).isEqualTo(sealed.ciphertext());
    }

    @Test
    void refusesAnotherOffsetThanTheOneOnDisk() {
        var sealed = announced();
        var upload = sealed.begin();
        sealed.append(upload, 0, sealed.part(0, 1000));

        assertThat(sealed.append(upload, 0, sealed.part(0, 1000)).problem()).isEqualTo("409 UPLOAD_OFFSET_MISMATCH");
        assertThat(sealed.append(upload, 2000, sealed.part(2000, 3000)).problem())
                .isEqualTo("409 UPLOAD_OFFSET_MISMATCH");
        assertThat(sealed.head(upload).header("Upload-Offset")).isEqualTo("1000");
    }

    @Test
    void discardsAnUploadThatIsNotWhatTheManifestNames() throws IOException {
        var sealed = announced();
        var upload = sealed.begin();
        var wrong = sealed.ciphertext().toArray();
        wrong[wrong.length / 2] ^= 1;

        var answer = sealed.append(upload, 0, Bytes.takeOwnershipOf(wrong));

        assertThat(answer.problem()).isEqualTo("422 UPLOAD_DIGEST_MISMATCH");
        assertThat(sealed.head(upload).status()).isEqualTo(404);
        assertThat(folder.resolve("uploads").resolve(name(upload))).doesNotExist();
        assertThat(folder.resolve("whole").resolve(name(upload))).doesNotExist();
        TestRoom.expect(204, sealed.append(sealed.begin(), 0, sealed.ciphertext()));
    }

    @Test
    void refusesMoreBytesThanAnnouncedAndKeepsNoneOfThem() {
        var sealed = announced();
        var upload = sealed.begin();
        sealed.append(upload, 0, sealed.part(0, 1000));
        var tooMany = Bytes.copyOf(new byte[sealed.ciphertext().size()]);

        assertThat(sealed.append(upload, 1000, tooMany).problem()).isEqualTo("413 BODY_TOO_LARGE");
        assertThat(sealed.head(upload).header("Upload-Offset")).isEqualTo("1000");
    }

    @Test
    void refusesAnotherLengthThanTheManifests() {
        var sealed = announced();

        assertThat(sealed.begin(sealed.owner(), sealed.ciphertext().size() + 1).problem())
                .isEqualTo("422 UPLOAD_LENGTH_MISMATCH");
    }

    @Test
    void refusesASecondUploadOfWhatIsThere() {
        var sealed = announced();
        var upload = sealed.begin();
        var parallel = sealed.begin();
        sealed.append(upload, 0, sealed.ciphertext());

        assertThat(sealed.begin(sealed.owner(), sealed.ciphertext().size()).problem())
                .isEqualTo("409 UPLOAD_COMPLETE");
        assertThat(sealed.append(upload, 0, sealed.ciphertext()).problem()).isEqualTo("409 UPLOAD_COMPLETE");
        assertThat(sealed.append(parallel, 0, sealed.ciphertext()).status()).isEqualTo(204);
        assertThat(folder.resolve("whole").resolve(name(upload))).exists();
        assertThat(folder.resolve("whole").resolve(name(parallel))).doesNotExist();
        assertThat(stored(sealed)).isEqualTo(sealed.ciphertext());
    }

    @Test
    void refusesTwoWritersAtOnce() throws IOException {
        var sealed = announced();
        var upload = sealed.begin();

        try (var slow = open(sealed, upload, 100_000)) {
            slow.getOutputStream().write(sealed.part(0, 50_000).toArray());
            slow.getOutputStream().flush();
            waitForOffset(sealed, upload);

            assertThat(sealed.append(upload, 0, sealed.ciphertext()).problem()).isEqualTo("409 UPLOAD_IN_PROGRESS");
        }
    }

    @Test
    void keepsNothingOfAPartWithAnotherChecksum() {
        var sealed = announced();
        var upload = sealed.begin();
        var part = sealed.part(0, 1000);
        var right = checksum(part);
        var wrong = checksum(sealed.part(1, 1001));

        assertThat(sealed.append(upload, 0, part, "Upload-Checksum", wrong).problem())
                .isEqualTo("460 UPLOAD_CHECKSUM_MISMATCH");
        assertThat(sealed.head(upload).header("Upload-Offset")).isEqualTo("0");
        assertThat(sealed.append(upload, 0, part, "Upload-Checksum", right).status())
                .isEqualTo(204);
    }

    @Test
    void forgetsAnUploadThatItsOwnerTerminates() {
        var sealed = announced();
        var upload = sealed.begin();

        var ended =
                sealed.owner().send("DELETE", upload, HttpRequest.BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");

        assertThat(ended.status()).isEqualTo(204);
        assertThat(sealed.head(upload).status()).isEqualTo(404);
        assertThat(folder.resolve("uploads").resolve(name(upload))).doesNotExist();
    }

    @Test
    void completesAnUploadWhoseRecordACrashPrevented() throws IOException {
        var sealed = announced();
        var upload = sealed.begin();
        Files.write(
                folder.resolve("uploads").resolve(name(upload)),
                sealed.ciphertext().toArray());

        var offset = sealed.head(upload);

        assertThat(offset.header("Upload-Offset"))
                .isEqualTo(Integer.toString(sealed.ciphertext().size()));
        assertThat(stored(sealed)).isEqualTo(sealed.ciphertext());
    }

    @Test
    void saysWhatItSpeaks() {
        var options = Api.anonymous().send("OPTIONS", "/v1/uploads", HttpRequest.BodyPublishers.noBody());

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(options.header("Tus-Extension")).contains("creation", "checksum", "termination");
    }

    @Test
    void refusesOtherVersionsOfTusAndOtherMediaTypes() {
        var sealed = announced();
        var upload = sealed.begin();
        var body = HttpRequest.BodyPublishers.ofString("x");

        assertThat(sealed.owner()
                        .send("PATCH", upload, body, "Content-Type", "application/offset+octet-stream")
                        .problem())
                .isEqualTo("412 TUS_VERSION_UNSUPPORTED");
        assertThat(sealed.owner()
                        .send("PATCH", upload, body, "Tus-Resumable", "1.0.0", "Content-Type", "text/plain")
                        .problem())
                .isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void acceptsNoNameOrAddressFromClients() {
        var sealed = announced();
        for (var metadata : new String[] {
            "room Li4vLi4v,dataset Y3VzdG9tZXJz,version MQ==",
            "room aHR0cDovLzEyNy4wLjAuMS8=,dataset Y3VzdG9tZXJz,version MQ==",
            "filename Li4vLi4vZXRjL3Bhc3N3ZA==",
            sealed.metadata() + ",room Zm9v",
            "room %%%",
            sealed.metadata().replaceAll("version .*", "version LTE="),
        }) {
            var answer = sealed.owner()
                    .send(
                            "POST",
                            "/v1/uploads",
                            HttpRequest.BodyPublishers.noBody(),
                            "Tus-Resumable",
                            "1.0.0",
                            "Upload-Length",
                            "10",
                            "Upload-Metadata",
                            metadata);
            assertThat(answer.problem()).isEqualTo("400 MALFORMED");
        }
        for (var path : new String[] {"/v1/uploads/..%2f..%2fetc%2fpasswd", "/v1/uploads/x", "/v1/uploads/%00"}) {
            assertThat(sealed.head(path).status()).as(path).isIn(400, 404);
        }
    }

    /** The next version of one dataset. */
    private static synchronized SealedSample announced() {
        if (room == null) {
            room = TestRoom.active();
        }
        var sealed = SealedSample.customers(room, ++version);
        TestRoom.expect(201, sealed.announce());
        return sealed;
    }

    private static Bytes stored(SealedSample sealed) {
        return Api.as(Token.host()).get(sealed.ciphertextPath()).body();
    }

    private static String name(String upload) {
        return upload.substring(upload.lastIndexOf('/') + 1);
    }

    private static String checksum(Bytes part) {
        return "sha256 "
                + Base64.getEncoder()
                        .encodeToString(Sha256Digest.of(part).bytes().toArray());
    }

    private static void sendHalf(SealedSample sealed, String upload, int count) throws IOException {
        try (var socket = open(sealed, upload, sealed.ciphertext().size())) {
            socket.getOutputStream().write(sealed.part(0, count).toArray());
            socket.getOutputStream().flush();
            waitForOffset(sealed, upload);
        }
    }

    /** Sends the head of a PATCH by hand, to stop in the midst of its body. */
    private static Socket open(SealedSample sealed, String upload, int length) throws IOException {
        var uri = Api.uri(upload);
        var socket = new Socket(uri.getHost(), uri.getPort());
        var head =
                "PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n"
                        .formatted(
                                upload,
                                Token.of(sealed.manifest().party().value()).signed(),
                                length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int waitForOffset(SealedSample sealed, String upload) {
        var deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (Instant.now().isBefore(deadline)) {
            var offset = Integer.parseInt(sealed.head(upload).header("Upload-Offset"));
            if (offset > 0) {
                return offset;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing arrived");
    }
}
