package dev.parley.web.release;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.TreeHead;
import dev.parley.web.database.Sql;
import dev.parley.web.database.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** One row per log, whose size only grows. */
@Singleton
public final class PostgresHeads implements SeenHeads {
    private final Transactions transactions;

    public PostgresHeads(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<TreeHead> lastSeen(String origin) {
        return transactions.run(connection -> lastSeen(connection, origin));
    }

    @Override
    public boolean advance(String origin, TreeHead head) {
        return transactions.run(connection -> {
            Sql.of(connection, """
                            insert into seen_head values (?, ?, ?)
                            on conflict (origin) do update set size = excluded.size, root = excluded.root
                            where seen_head.size < excluded.size""", origin, head.size(), head.root().hex()).update();
            var known = lastSeen(connection, origin).orElseThrow();
            return known.size() > head.size() || known.equals(head);
        });
    }

    private static Optional<TreeHead> lastSeen(Connection connection, String origin) throws SQLException {
        return Sql.of(connection, "select size, root from seen_head where origin = ?", origin)
                .first(PostgresHeads::head);
    }

    private static TreeHead head(ResultSet row) throws SQLException {
        try {
            return new TreeHead(row.getLong("size"), Sha256Digest.parse(row.getString("root")));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored head is one that was seen", e);
        }
    }
}
