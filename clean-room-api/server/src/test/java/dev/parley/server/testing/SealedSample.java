package dev.parley.server.testing;

import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.chunk.ChunkKeys;
import dev.parley.protocol.sealing.chunk.ChunkSealing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Base64;

/** One version of a sample dataset, really sealed, the same bytes for the same room and version. */
public record SealedSample(TestRoom room, DatasetManifest manifest, Jws signed, Bytes ciphertext) {
    private static final int PLAINTEXT = 200_000;

    public static SealedSample customers(TestRoom room) {
        return customers(room, 1);
    }

    public static SealedSample customers(TestRoom room, int version) {
        return seal(room, SampleTemplates.CUSTOMERS, version);
    }

    public static SealedSample exposures(TestRoom room) {
        return seal(room, SampleTemplates.EXPOSURES, 1);
    }

    private static SealedSample seal(TestRoom room, DatasetId id, int version) {
        var dataset = room.bundle().dataset(id).orElseThrow();
        var schema = new Schema(dataset.columns().stream()
                .map(c ->
                        new Schema.Column(c.name().value(), columnType(c.type().text())))
                .toList());
        var sealed = new SealedVersion(room.bundle().room(), id, version, dataset.owner());
        var salt = Bytes.takeOwnershipOf(filled(24, version));
        var out = new ByteArrayOutputStream();
        try (var keys = ChunkKeys.derive(filled(32, 7), salt, Bytes.utf8(room.id() + id))) {
            var sealing = new ChunkSealing(keys, Channels.newChannel(out));
            sealing.write(ByteBuffer.wrap(filled(PLAINTEXT, version)));
            var done = sealing.finish();
            var manifest = new DatasetManifest(
                    sealed,
                    dataset.lineage(),
                    TrustDomain.SIMULATED,
                    schema,
                    new SealedCiphertext(done.length(), new CiphertextDigest(done.digest()), salt, keys.commitment()),
                    SampleRoom.FROM);
            var jws = manifest.sign(room.party(dataset.owner()).steward());
            return new SealedSample(room, manifest, jws, Bytes.takeOwnershipOf(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ColumnType columnType(String text) {
        try {
            return ColumnType.parse(text);
        } catch (dev.parley.protocol.encoding.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] filled(int size, int value) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    public Api owner() {
        return Api.as(Token.of(manifest.party().value()));
    }

    public String path() {
        return room.path() + "/datasets/" + manifest.dataset();
    }

    public String ciphertextPath() {
        return path() + "/versions/" + manifest.version() + "/ciphertext";
    }

    public Api.Answer announce() {
        return owner().post(path() + "/versions", Api.JOSE, signed.compact());
    }

    /** Begins an upload and gives its path. */
    public String begin() {
        var begun = begin(owner(), ciphertext.size());
        TestRoom.expect(201, begun);
        return begun.header("Location");
    }

    public Api.Answer begin(Api by, long length) {
        return by.send(
                "POST",
                "/v1/uploads",
                HttpRequest.BodyPublishers.noBody(),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Length",
                Long.toString(length),
                "Upload-Metadata",
                metadata());
    }

    public String metadata() {
        return "room %s,dataset %s,version %s"
                .formatted(
                        base64(room.id()),
                        base64(manifest.dataset().value()),
                        base64(Integer.toString(manifest.version())));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(Bytes.utf8(text).toArray());
    }

    public Api.Answer append(String upload, long offset, Bytes bytes, String... more) {
        var headers = Arrays.copyOf(
                new String[] {
                    "Tus-Resumable", "1.0.0",
                    "Upload-Offset", Long.toString(offset),
                    "Content-Type", "application/offset+octet-stream"
                },
                6 + more.length);
        System.arraycopy(more, 0, headers, 6, more.length);
        return owner().send("PATCH", upload, HttpRequest.BodyPublishers.ofByteArray(bytes.toArray()), headers);
    }

    public Api.Answer head(String upload) {
        return owner().send("HEAD", upload, HttpRequest.BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
    }

    public Bytes part(int from, int to) {
        return Bytes.copyOf(ciphertext.asBuffer().slice(from, to - from));
    }
}
