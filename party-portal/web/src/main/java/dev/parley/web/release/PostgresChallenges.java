package dev.parley.web.release;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.web.database.Sql;
import dev.parley.web.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Open challenges as rows that the first answer deletes. */
@Singleton
public final class PostgresChallenges implements OpenChallenges {
    private final Transactions transactions;

    public PostgresChallenges(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void open(Bytes nonce, Jws challenge, Instant expires, Instant now) {
        transactions.run(connection -> {
            // So the table stays as small as one minute's questions.
            Sql.of(connection, "delete from open_challenge where expires_at < ?", now)
                    .update();
            return Sql.of(
                            connection,
                            "insert into open_challenge values (?, ?, ?)",
                            nonce.base64Url(),
                            challenge.compact(),
                            expires)
                    .update();
        });
    }

    @Override
    public Optional<Jws> takeUp(Bytes nonce, Instant now) {
        return transactions.run(
                connection -> Sql.of(connection, """
                        delete from open_challenge where nonce = ? and expires_at > ?
                        returning statement""", nonce.base64Url(), now).first(row -> reparse(row.getString(1))));
    }

    private static Jws reparse(String compact) {
        try {
            return Jws.parse(compact);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored challenge is one that was signed", e);
        }
    }
}
