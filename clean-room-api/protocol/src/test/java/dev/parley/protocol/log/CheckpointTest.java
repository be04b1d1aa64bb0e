package dev.parley.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private final LogSigner signer = LogSigner.generate("parley.test/log", new SecureRandom());
    private final TreeHead head = new TreeHead(42, Sha256Digest.of(Bytes.utf8("root")));

    @Test
    void isASignedNoteOfTheLog() throws Exception {
        var checkpoint = Checkpoint.sign(head, signer);

        assertThat(checkpoint.note()).startsWith("parley.test/log\n42\n").contains("\n\n— parley.test/log ");
        assertThat(Checkpoint.verify(checkpoint.note(), signer.key()).head()).isEqualTo(head);
    }

    @Test
    void aSignerIsTakenUpAgainFromItsSecret() throws Exception {
        var again = LogSigner.importSecret(signer.key(), signer.exportSecret());
        var other = LogSigner.generate("parley.test/log", new SecureRandom());

        assertThat(Checkpoint.verify(Checkpoint.sign(head, again).note(), signer.key())
                        .head())
                .isEqualTo(head);
        assertThatThrownBy(() -> LogSigner.importSecret(signer.key(), other.exportSecret()))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refusesAnotherLogAndAnotherKey() {
        var note = Checkpoint.sign(head, signer).note();
        var otherOrigin = new LogKey("parley.test/other", signer.key().publicKey());
        var otherKey = LogSigner.generate("parley.test/log", new SecureRandom()).key();

        assertThatThrownBy(() -> Checkpoint.verify(note, otherOrigin)).isInstanceOf(BadSignature.class);
        assertThatThrownBy(() -> Checkpoint.verify(note, otherKey)).isInstanceOf(BadSignature.class);
    }

    @Test
    void everySingleByteChangeIsRefused() {
        var note = Checkpoint.sign(head, signer).note();
        var random = new Random(5);

        for (var i = 0; i < 2_000; i++) {
            var bytes = note.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            var mutant = new String(bytes, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Checkpoint.verify(mutant, signer.key()))
                    .isInstanceOfAny(BadSignature.class, Malformed.class);
        }
    }
}
