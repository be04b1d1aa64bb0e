package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.room.DatasetId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    private static final KeyedHash.Key COUNTING = KeyedHash.Key.of(counting());

    /** The vectors of the reference implementation for messages of 0, 8 and 16 counting bytes. */
    @Test
    void agreesWithTheVectorsOfSipHash() {
        assertThat(new KeyedHash().start(COUNTING).finish()).isEqualTo(0x726fdb47dd0e0e31L);
        assertThat(new KeyedHash().start(COUNTING).word(0x0706050403020100L).finish())
                .isEqualTo(0x93f5f5799a932462L);
        assertThat(new KeyedHash()
                        .start(COUNTING)
                        .word(0x0706050403020100L)
                        .word(0x0f0e0d0c0b0a0908L)
                        .finish())
                .isEqualTo(0x3f2acc7f57c29bdbL);
    }

    @Test
    void startsAfreshForEveryMessage() {
        var hash = new KeyedHash();

        long first = hash.start(COUNTING).word(7).finish();
        hash.start(COUNTING).word(8).word(9).finish();

        assertThat(hash.start(COUNTING).word(7).finish()).isEqualTo(first);
    }

    @Test
    void hasAnotherKeyForEveryPurposeAndDataset() {
        var keys = SelectionKeys.of(TestSeeds.of(List.of(new byte[Seeds.SIZE])));

        var tags = List.of(keys.people(), keys.rowsOf(new DatasetId("a")), keys.rowsOf(new DatasetId("b"))).stream()
                .map(key -> new KeyedHash().start(key).word(1).finish())
                .toList();

        assertThat(tags).doesNotHaveDuplicates();
        assertThat(new KeyedHash().start(keys.people()).word(1).finish()).isEqualTo(tags.getFirst());
    }

    @Test
    void doesNotPrintItsKey() {
        assertThat(COUNTING.toString()).isEqualTo("Key[redacted]");
        assertThat(TestSeeds.of(List.of(new byte[Seeds.SIZE])).toString()).isEqualTo("Seeds[redacted]");
    }

    private static byte[] counting() {
        var key = new byte[16];
        Arrays.setAll(new Byte[16], i -> key[i] = (byte) i);
        return key;
    }
}
