package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.LineageId;
import dev.parley.web.budget.LedgerRefusal;
import dev.parley.web.budget.PostgresLedger;
import dev.parley.web.testing.Promises;
import dev.parley.web.testing.TestDatabase;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a broker promised, charged, saw and asked outlives its process and its database's. */
class RestartTest {
    @Test
    void remembersEverythingAfterARestart() throws Exception {
        var room = new TestRoom();
        var people = new LineageId("people");
        var charged = Promises.of("charged", 600, people, 1_000).at(SampleRoom.NOW);
        var open = Promises.of("open", 300, people, 1_000).at(SampleRoom.NOW);
        var nonce = Bytes.copyOf(new byte[32]);
        var statement = Wish.reach(room, 1).signed();
        var head = room.log.head();
        var before = TestDatabase.alone();
        var ledger = new PostgresLedger(before.transactions());
        ledger.reserve(charged, SampleRoom.NOW);
        ledger.charge(charged, Promises.commitment("seeds"), SampleRoom.NOW);
        ledger.reserve(open, SampleRoom.NOW);
        new PostgresHeads(before.transactions()).advance("log", head);
        new PostgresChallenges(before.transactions())
                .open(nonce, statement, SampleRoom.NOW.plus(Duration.ofMinutes(1)), SampleRoom.NOW);

        try (var after = before.restart()) {
            var again = new PostgresLedger(after.transactions());
            assertThat(again.reservation(open.id())).contains(open);
            assertThat(again.reserve(Promises.of("third", 101, people, 1_000).at(SampleRoom.NOW), SampleRoom.NOW))
                    .contains(LedgerRefusal.BUDGET_EXHAUSTED);
            assertThat(again.charge(open, Promises.commitment("seeds"), SampleRoom.NOW))
                    .isEmpty();
            assertThat(new PostgresHeads(after.transactions()).lastSeen("log")).contains(head);
            var challenges = new PostgresChallenges(after.transactions());
            assertThat(challenges.takeUp(nonce, SampleRoom.NOW)).contains(statement);
            assertThat(challenges.takeUp(nonce, SampleRoom.NOW)).isEmpty();
        }
    }

    @Test
    void neverGoesBackToASmallerOrAnotherHead() {
        var room = new TestRoom();
        try (var database = TestDatabase.create()) {
            var heads = new PostgresHeads(database.transactions());
            var larger = room.log.head();
            heads.advance("log", larger);

            assertThat(heads.advance("log", room.log.head(2))).isTrue();
            assertThat(heads.lastSeen("log")).contains(larger);
            var fork = new dev.parley.protocol.log.TreeHead(
                    larger.size(), room.log.head(1).root());
            assertThat(heads.advance("log", fork)).isFalse();
            assertThat(heads.lastSeen("log")).contains(larger);
        }
    }
}
