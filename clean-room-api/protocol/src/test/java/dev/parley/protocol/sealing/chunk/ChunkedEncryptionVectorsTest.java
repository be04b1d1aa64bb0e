package dev.parley.protocol.sealing.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.vectors.Vectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How to apply these vectors is told in {@code wycheproof/c2sp_chunked_encryption.md}. */
class ChunkedEncryptionVectorsTest {
    @ParameterizedTest
    @EnumSource
    void opensAsAStreamNoMoreThanTheAuthenticPrefix(ChunkKeys.Suite suite) throws Exception {
        for (var test : cases(suite)) {
            var emitted = new ByteArrayOutputStream();

            var complete = streams(suite, test, emitted);

            assertThat(complete).as(test.id()).isEqualTo(test.valid());
            if (test.valid() || (test.flagged("PartialPlaintext") && !impossibleLength(test))) {
                assertThat(emitted.size()).as(test.id()).isEqualTo(test.number("msgLength"));
                assertThat(sha512(emitted.toByteArray())).as(test.id()).isEqualTo(test.text("msgSha512"));
            } else {
                assertThat(emitted.size()).as(test.id()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensAtRandomExactlyTheValidMessages(ChunkKeys.Suite suite) throws Exception {
        for (var test : cases(suite)) {
            var message = backwards(suite, test);

            assertThat(message.isPresent()).as(test.id()).isEqualTo(test.valid());
            if (test.valid()) {
                assertThat(sha512(message.get())).as(test.id()).isEqualTo(test.text("msgSha512"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void authenticatesTheLengthByTheLastChunk(ChunkKeys.Suite suite) throws Exception {
        for (var test : cases(suite)) {
            var proven = length(suite, test);

            assertThat(proven.isPresent()).as(test.id()).isEqualTo(test.valid() || test.flagged("ValidFinalChunk"));
            if (test.valid()) {
                assertThat(proven).as(test.id()).contains((long) test.number("msgLength"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsEveryMessageToTheSameCiphertextUnderTheSameSalt(ChunkKeys.Suite suite) throws Exception {
        var sealed = 0;
        for (var test : cases(suite)) {
            if (!test.valid()) {
                continue;
            }
            var message = new ByteArrayOutputStream();
            assertThat(streams(suite, test, message)).isTrue();
            var ciphertext = ciphertext(test);

            var again = new ByteArrayOutputStream();
            try (var keys = keys(suite, test, Bytes.copyOf(ByteBuffer.wrap(ciphertext, 0, ChunkKeys.SALT_SIZE)))) {
                var sealing = new ChunkSealing(keys, Channels.newChannel(again));
                writeInPieces(sealing, message.toByteArray());
                assertThat(sealing.finish().length()).isEqualTo(ciphertext.length);
            }

            assertThat(again.toByteArray()).as(test.id()).isEqualTo(ciphertext);
            sealed++;
        }
        assertThat(sealed).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void derivesTheKeysOfTheVectors(ChunkKeys.Suite suite) throws Exception {
        for (var test : cases(suite)) {
            if (!test.has("aeadKey")) {
                continue;
            }
            var salt = Bytes.copyOf(ByteBuffer.wrap(ciphertext(test), 0, ChunkKeys.SALT_SIZE));
            try (var keys = keys(suite, test, salt)) {
                assertThat(keys.key().getEncoded()).as(test.id()).isEqualTo(test.hex("aeadKey"));
                assertThat(keys.nonce(0)).as(test.id()).isEqualTo(test.hex("baseNonce"));
            }
        }
    }

    /** No message has such a length: that is refused before the first chunk, earlier than the vectors ask. */
    private static boolean impossibleLength(Vectors.Case test) throws Exception {
        var last = (ciphertext(test).length - ChunkLayout.HEAD_SIZE) % ChunkLayout.SEALED_CHUNK_SIZE;
        return last < ChunkLayout.TAG_SIZE;
    }

    private static List<Vectors.Case> cases(ChunkKeys.Suite suite) throws Exception {
        var name = suite == ChunkKeys.Suite.AES_128 ? "128" : "256";
        var cases = Vectors.wycheproof("c2sp_chunked_encryption_aes_" + name + "_gcm_test.json");
        assertThat(cases).hasSize(35);
        return cases;
    }

    private static boolean streams(ChunkKeys.Suite suite, Vectors.Case test, ByteArrayOutputStream target)
            throws Exception {
        return attempt(suite, test, opened -> {
                    opened.transferTo(Channels.newChannel(target));
                    return true;
                })
                .isPresent();
    }

    private static Optional<byte[]> backwards(ChunkKeys.Suite suite, Vectors.Case test) throws Exception {
        return attempt(suite, test, opened -> {
            var layout = opened.layout();
            var message = new byte[(int) layout.plaintextLength()];
            var reader = opened.reader();
            for (var chunk = layout.chunks() - 1; chunk >= 0; chunk--) {
                var plaintext = ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE);
                reader.read(chunk, 1, plaintext);
                plaintext.flip().get(message, (int) chunk * ChunkLayout.CHUNK_SIZE, plaintext.remaining());
            }
            assertThat(opened.digest()).isPresent();
            return message;
        });
    }

    private static Optional<Long> length(ChunkKeys.Suite suite, Vectors.Case test) throws Exception {
        return attempt(suite, test, ChunkedCiphertext::authenticatedLength);
    }

    private interface Use<T> {
        T with(ChunkedCiphertext opened) throws IOException, Malformed;
    }

    /** Empty if the ciphertext is refused; a refused one stays refused. */
    private static <T> Optional<T> attempt(ChunkKeys.Suite suite, Vectors.Case test, Use<T> use) throws Exception {
        var bytes = ciphertext(test);
        try (var opened = ChunkedCiphertext.open(source(bytes), 0, bytes.length, salt -> keys(suite, test, salt))) {
            return Optional.of(use.with(opened));
        } catch (Malformed | IllegalArgumentException e) {
            // A key of the wrong size is a bug of the caller, so it is not Malformed.
            assertThat(e instanceof Malformed || test.flagged("InvalidKeySize")).isTrue();
            return Optional.empty();
        }
    }

    private static ChunkKeys keys(ChunkKeys.Suite suite, Vectors.Case test, Bytes salt) {
        try {
            return ChunkKeys.derive(suite, test.hex("key"), salt, Bytes.copyOf(test.hex("ctx")));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static void writeInPieces(ChunkSealing sealing, byte[] message) throws IOException {
        // Sizes around a chunk, so that chunks are filled from one and from several pieces.
        int[] sizes = {1, 16_383, 16_384, 40_000, 7};
        for (int at = 0, i = 0; at < message.length; i++) {
            var size = Math.min(sizes[i % sizes.length], message.length - at);
            sealing.write(ByteBuffer.wrap(message, at, size));
            at += size;
        }
    }

    private static byte[] ciphertext(Vectors.Case test) throws Exception {
        try (var inflater = new InflaterInputStream(new ByteArrayInputStream(test.hex("ct")))) {
            return inflater.readAllBytes();
        }
    }

    private static String sha512(byte[] message) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(message));
    }

    static ChunkSource source(byte[] bytes) {
        return new ChunkSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(long position, ByteBuffer target) throws IOException {
                if (position + target.remaining() > bytes.length) {
                    throw new java.io.EOFException();
                }
                target.put(bytes, (int) position, target.remaining());
            }
        };
    }
}
