package dev.parley.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import org.junit.jupiter.api.Test;

class SeedTest {
    private static final QueryDigest QUERY = new QueryDigest(Sha384Digest.of(Bytes.utf8("query")));

    @Test
    void isCommittedToInCanonicalJsonThoughNoTextOfItIsMade() {
        for (int i = 0; i < 50; i++) {
            var party = new PartyId("party-" + i);
            try (var seed = Seed.derive(party, new byte[] {(byte) i}, QUERY)) {
                var json = Json.object()
                        .put("parley", "seed-commitment/1")
                        .put("party", party.value())
                        .put("query", QUERY.hex())
                        .put("seed", Bytes.takeOwnershipOf(seed.exportSecret()))
                        .build();

                assertThat(seed.commitment(QUERY)).isEqualTo(Sha384Digest.of(json));
                assertThat(seed.matches(seed.commitment(QUERY), QUERY)).isTrue();
            }
        }
    }

    @Test
    void isZeroOnceItIsClosed() {
        var seed = Seed.derive(new PartyId("party"), new byte[] {1}, QUERY);

        seed.close();

        assertThat(seed.exportSecret()).isEqualTo(new byte[Seed.SIZE]);
    }
}
