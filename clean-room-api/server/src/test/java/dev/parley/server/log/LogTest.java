package dev.parley.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogKey;
import dev.parley.protocol.log.MerkleProof;
import dev.parley.protocol.log.MerkleTree;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.ConsistencyProof;
import dev.parley.protocol.wire.InclusionProof;
import dev.parley.protocol.wire.LogEntries;
import dev.parley.protocol.wire.LogKeyView;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LogTest {
    private static final RoomId ROOM = new RoomId("log-test");

    @Inject
    Log log;

    @Inject
    StatelessSession session;

    @Test
    void signsTheRootOfExactlyTheEntriesItShows() throws Malformed, BadSignature {
        TestRoom.active();

        var head = checkpoint();
        var entries = entries(head.size());
        var tree = new MerkleTree();
        entries.forEach(entry -> tree.append(MerkleTree.leafHash(entry)));

        assertThat(entries).hasSize((int) head.size());
        assertThat(tree.head()).isEqualTo(head);
    }

    @Test
    void provesEveryEntryUnderTheCheckpoint() throws Malformed, BadSignature {
        append(9);
        var head = checkpoint();
        var entries = entries(head.size());

        for (var index = 0; index < entries.size(); index++) {
            var proof = Api.anonymous()
                    .get("/v1/log/proofs/inclusion?index=%d&size=%d".formatted(index, head.size()))
                    .read(InclusionProof::read);
            var leaf = MerkleTree.leafHash(entries.get(index));
            assertThat(proof.leafHash()).isEqualTo(leaf.hex());
            assertThat(MerkleProof.includes(leaf, index, head, digests(proof.proof())))
                    .isTrue();
        }
    }

    @Test
    void provesThatEveryLaterHeadExtendsAnEarlierOne() throws Malformed, BadSignature {
        append(1);
        var before = checkpoint();
        append(5);
        var after = checkpoint();

        var proof = Api.anonymous()
                .get("/v1/log/proofs/consistency?from=%d&to=%d".formatted(before.size(), after.size()))
                .read(ConsistencyProof::read);

        assertThat(after.size()).isGreaterThanOrEqualTo(before.size() + 5);
        assertThat(MerkleProof.consistent(before, after, digests(proof.proof())))
                .isTrue();
        assertThat(checkpointText()).isEqualTo(checkpointText());
    }

    @Test
    void appendsWithoutGapsWhenManyWriteAtOnce() throws Malformed, BadSignature {
        var before = checkpoint().size();

        IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.runAsync(() -> append(1)))
                .toList()
                .forEach(CompletableFuture::join);

        var indices = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery("select index from log_entry order by index", Long.class)
                        .getResultList());
        assertThat(checkpoint().size()).isGreaterThanOrEqualTo(before + 40);
        assertThat(indices)
                .isEqualTo(IntStream.range(0, indices.size())
                        .asLongStream()
                        .boxed()
                        .toList());
    }

    @Test
    void forgetsAnEntryWhoseTransactionFails() throws Malformed, BadSignature {
        var before = checkpoint();

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    log.append(Event.of("run-refused", ROOM));
                    throw new IllegalStateException("what it told did not happen");
                }))
                .hasMessageContaining("did not happen");

        assertThat(checkpoint()).isEqualTo(before);
    }

    @Test
    void refusesToChangeWhatItSaid() {
        append(1);

        for (var change : List.of(
                "update log_entry set entry = '\\x00' where index = 0",
                "delete from log_entry where index = 0",
                "truncate log_entry")) {
            assertThatThrownBy(() -> QuarkusTransaction.requiringNew()
                            .run(() -> session.createNativeMutationQuery(change).executeUpdate()))
                    .hasStackTraceContaining("append-only");
        }
    }

    @Test
    void refusesProofsOfWhatIsNotThere() throws Malformed, BadSignature {
        append(1);
        var size = checkpoint().size();

        for (var path : List.of(
                "proofs/inclusion?index=-1&size=1",
                "proofs/inclusion?index=1&size=1",
                "proofs/inclusion?index=0&size=" + (size + 100),
                "proofs/consistency?from=0&to=1",
                "proofs/consistency?from=2&to=1",
                "proofs/consistency?from=1&to=" + (size + 100),
                "entries?from=-1",
                "entries?from=5&to=4")) {
            assertThat(Api.anonymous().get("/v1/log/" + path).problem())
                    .as(path)
                    .isEqualTo("400 MALFORMED");
        }
    }

    private void append(int count) {
        for (var i = 0; i < count; i++) {
            QuarkusTransaction.requiringNew().run(() -> log.append(Event.of("run-refused", ROOM)));
        }
    }

    private static String checkpointText() {
        return Api.anonymous().get("/v1/log/checkpoint").text();
    }

    private static TreeHead checkpoint() throws Malformed, BadSignature {
        var view = Api.anonymous().get("/v1/log/key").read(LogKeyView::read);
        var key = LogKey.parse(view.origin(), Bytes.parseBase64Url(view.publicKey()));
        return Checkpoint.verify(checkpointText(), key).head();
    }

    private static List<Bytes> entries(long size) throws Malformed {
        List<Bytes> entries = new ArrayList<>();
        while (entries.size() < size) {
            var page = Api.anonymous()
                    .get("/v1/log/entries?from=%d&to=%d".formatted(entries.size(), size))
                    .read(LogEntries::read);
            for (var entry : page.entries()) {
                entries.add(Bytes.parseBase64Url(entry));
            }
        }
        return entries;
    }

    private static List<Sha256Digest> digests(List<String> hex) throws Malformed {
        List<Sha256Digest> digests = new ArrayList<>();
        for (var digest : hex) {
            digests.add(Sha256Digest.parse(digest));
        }
        return digests;
    }
}
