package dev.parley.protocol.sealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.chunk.ChunkKeys;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import dev.parley.protocol.sealing.chunk.ChunkSealing;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import dev.parley.protocol.sealing.chunk.ChunkedCiphertext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedDatasetAttackTest {
    private static final int CHUNK = ChunkLayout.SEALED_CHUNK_SIZE;

    @Test
    void refusesTenThousandSingleByteChanges() throws Exception {
        var sample = SealedSample.of(200);
        var random = new Random(20_260_101);
        var accepted = 0;

        for (var i = 0; i < 10_000; i++) {
            var changed = sample.file().clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            accepted += sample.accepts(changed) ? 1 : 0;
        }

        assertThat(accepted).isZero();
        assertThat(sample.accepts(sample.file())).isTrue();
    }

    @Test
    void refusesEveryTruncationAroundAChunkAndByEveryByteOfTheHead() throws Exception {
        var sample = SealedSample.of(3_000);
        var file = sample.file();
        var start = chunksStart(sample);

        for (var length = 0; length < start; length++) {
            assertThat(sample.accepts(Arrays.copyOf(file, length))).isFalse();
        }
        for (var end = start; end < file.length; end += CHUNK) {
            for (var length = Math.max(0, end - 17); length <= end + 17 && length < file.length; length++) {
                assertThat(sample.accepts(Arrays.copyOf(file, length))).isFalse();
            }
        }
        assertThat(sample.accepts(Arrays.copyOf(file, file.length + 1))).isFalse();
        assertThat(sample.accepts(Arrays.copyOf(file, file.length + CHUNK))).isFalse();
    }

    @Test
    void refusesChunksInAnotherOrderTwiceOrLeftOut() throws Exception {
        var sample = SealedSample.of(3_000);
        var chunks = chunks(sample);
        assertThat(chunks.size()).isGreaterThan(5);
        assertThat(sample.accepts(join(sample, chunks))).isTrue();

        for (var i = 0; i + 1 < chunks.size(); i++) {
            var swapped = new ArrayList<>(chunks);
            swapped.set(i, chunks.get(i + 1));
            swapped.set(i + 1, chunks.get(i));
            var doubled = new ArrayList<>(chunks);
            doubled.set(i + 1, chunks.get(i));
            var inserted = new ArrayList<>(chunks);
            inserted.add(i, chunks.get(i));
            var dropped = new ArrayList<>(chunks);
            dropped.remove(i);
            for (var attack : List.of(swapped, doubled, inserted, dropped)) {
                assertThat(sample.accepts(join(sample, attack))).isFalse();
            }
        }
        var appended = new ArrayList<>(chunks);
        appended.add(chunks.getFirst());
        assertThat(sample.accepts(join(sample, appended))).isFalse();
    }

    @Test
    void refusesEveryDatasetInPlaceOfAnother() throws Exception {
        // One key for all, so that only context and manifest tell them apart.
        var key = DatasetKey.generate(new SecureRandom());
        List<SealedSample> samples = new ArrayList<>();
        for (var i = 0; i < 10; i++) {
            samples.add(SealedSample.of(50, SealedSample.version(i < 5 ? "customers" : "orders", 1 + i % 5), key));
        }

        var refused = 0;
        for (var i = 0; i < samples.size(); i++) {
            var expected = samples.get(i);
            assertThat(expected.accepts(expected.file())).isTrue();
            for (var j = 0; j < samples.size(); j++) {
                var served = samples.get(j);
                if (i != j && !expected.accepts(served.file()) && !expected.accepts(withStartOf(expected, served))) {
                    refused++;
                }
            }
        }
        assertThat(refused).isEqualTo(90);
    }

    @Test
    void refusesASecondCiphertextOfAnOwnerWhoKnowsTheKey() throws Exception {
        var sample = SealedSample.of(200);
        var second = reseal(sample, plaintext(sample));
        assertThat(second.file()).hasSameSizeAs(sample.file());

        // Same salt, commitment and length: only the digest tells that a plaintext byte differs.
        var changed = plaintext(sample);
        changed[200] ^= 1;
        var forged = reseal(sample, changed);

        assertThat(second.file()).isEqualTo(sample.file());
        assertThat(forged.accepts(forged.file())).isTrue();
        assertThatThrownBy(() -> {
                    try (var reader = SealedDatasetReader.open(
                            SealedSample.source(forged.file()), sample.manifest(), sample.key())) {
                        reader.opener().open(0);
                        reader.verify();
                    }
                })
                .isInstanceOf(Malformed.class)
                .hasMessage("ciphertext is not the one that its manifest names");
    }

    @Test
    void refusesAHostThatShowsTwoCiphertextsInTurn() throws Exception {
        var sample = SealedSample.of(200);
        var changed = plaintext(sample);
        changed[200] ^= 1;
        var forged = reseal(sample, changed).file();
        var serveForged = new boolean[1];
        var honest = SealedSample.source(sample.file());
        var source = new ChunkSource() {
            @Override
            public long length() throws IOException {
                return honest.length();
            }

            @Override
            public void read(long position, ByteBuffer target) throws IOException {
                (serveForged[0] ? SealedSample.source(forged) : honest).read(position, target);
            }
        };

        try (var reader = SealedDatasetReader.open(source, sample.manifest(), sample.key())) {
            reader.opener().open(0);
            serveForged[0] = true;

            assertThatThrownBy(() -> reader.opener().open(0))
                    .isInstanceOf(Malformed.class)
                    .hasMessage("a chunk changed between two readings");
        }
    }

    @Test
    void readsNothingButMalformedFromAHostileOwner() throws Exception {
        var sample = SealedSample.of(300);
        var plaintext = plaintext(sample);
        var random = new Random(7);
        var accepted = 0;

        for (var i = 0; i < 3_000; i++) {
            var hostile = reseal(sample, mutate(plaintext, random));
            accepted += hostile.accepts(hostile.file()) ? 1 : 0;
        }

        // Values may change and still be values: what matters is that nothing but Malformed was thrown.
        assertThat(accepted).isLessThan(3_000);
    }

    /** Sometimes the tail, where index and trailer stand, sometimes anywhere, sometimes another length. */
    private static byte[] mutate(byte[] plaintext, Random random) {
        var changed = plaintext.clone();
        var at = switch (random.nextInt(3)) {
            case 0 -> changed.length - 1 - random.nextInt(16);
            case 1 -> random.nextInt(64);
            default -> random.nextInt(changed.length);
        };
        changed[at] = (byte) random.nextInt();
        return random.nextInt(10) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length + 20_000)) : changed;
    }

    /** What an owner who knows the key can make of any plaintext, with a manifest that fits. */
    private static SealedSample reseal(SealedSample sample, byte[] plaintext) throws IOException {
        var manifest = sample.manifest();
        var file = new ByteArrayOutputStream();
        file.write(FileStart.of(manifest.sealed(), manifest.schema()).toArray());
        try (var keys = keys(sample)) {
            var sealing = new ChunkSealing(keys, Channels.newChannel(file));
            sealing.write(ByteBuffer.wrap(plaintext));
            var sealed = sealing.finish();
            var ciphertext = new SealedCiphertext(
                    sealed.length(), new CiphertextDigest(sealed.digest()), keys.salt(), keys.commitment());
            var fitting = new DatasetManifest(
                    manifest.sealed(),
                    manifest.lineage(),
                    TrustDomain.SIMULATED,
                    manifest.schema(),
                    ciphertext,
                    manifest.createdAt());
            return new SealedSample(file.toByteArray(), fitting, sample.key());
        }
    }

    private static byte[] plaintext(SealedSample sample) throws Exception {
        var start = FileStart.of(sample.manifest().sealed(), sample.manifest().schema())
                .size();
        var plaintext = new ByteArrayOutputStream();
        try (var opened = ChunkedCiphertext.open(
                SealedSample.source(sample.file()),
                start,
                sample.manifest().ciphertext().length(),
                salt -> keys(sample))) {
            opened.transferTo(Channels.newChannel(plaintext));
        }
        return plaintext.toByteArray();
    }

    private static ChunkKeys keys(SealedSample sample) {
        var manifest = sample.manifest();
        var context = manifest.sealed().context(manifest.schema().digest());
        return sample.key()
                .useSecret(
                        secret -> ChunkKeys.derive(secret, manifest.ciphertext().salt(), context));
    }

    private static int chunksStart(SealedSample sample) {
        return (int) (sample.file().length - sample.manifest().ciphertext().length()) + ChunkLayout.HEAD_SIZE;
    }

    private static List<Bytes> chunks(SealedSample sample) {
        List<Bytes> chunks = new ArrayList<>();
        for (var at = chunksStart(sample); at < sample.file().length; at += CHUNK) {
            var size = Math.min(CHUNK, sample.file().length - at);
            chunks.add(Bytes.copyOf(ByteBuffer.wrap(sample.file(), at, size)));
        }
        return chunks;
    }

    private static byte[] join(SealedSample sample, List<Bytes> chunks) {
        var file = new ByteArrayOutputStream();
        file.write(sample.file(), 0, chunksStart(sample));
        chunks.forEach(chunk -> file.writeBytes(chunk.toArray()));
        return file.toByteArray();
    }

    /** The header, salt and commitment that are expected, before the chunks of the other. */
    private static byte[] withStartOf(SealedSample expected, SealedSample served) {
        var file = new ByteArrayOutputStream();
        file.write(expected.file(), 0, chunksStart(expected));
        var from = chunksStart(served);
        file.write(served.file(), from, served.file().length - from);
        return file.toByteArray();
    }
}
