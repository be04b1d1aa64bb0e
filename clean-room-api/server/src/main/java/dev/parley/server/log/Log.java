package dev.parley.server.log;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogKey;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.log.MerkleTree;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/**
 * The log in PostgreSQL. The tree in memory holds committed leaf hashes only and catches up before every answer, so
 * several servers may append to one log.
 */
@Startup
@ApplicationScoped
public class Log {
    private final StatelessSession session;
    private final InstantSource time;
    private final LogSigner signer;
    private final MerkleTree tree = new MerkleTree();

    Log(StatelessSession session, InstantSource time, LogConfig config, SecureRandom random) {
        this.session = session;
        this.time = time;
        try {
            this.signer = new LogKeyFile(config.keyFile()).open(config.origin(), random);
        } catch (IOException e) {
            throw new UncheckedIOException("no log key", e);
        }
    }

    public LogKey key() {
        return signer.key();
    }

    /**
     * Appends within the caller's transaction: an entry is there exactly if what it tells is. The head's row stays locked
     * until the end of the transaction, so append last.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Event event) {
        var index = session.createNativeQuery("select size from log_head for update", Long.class)
                .getSingleResult();
        var entry = event.entry(time.instant());
        session.createNativeMutationQuery("insert into log_entry values (:index, :entry, :leaf)")
                .setParameter("index", index)
                .setParameter("entry", entry.toArray())
                .setParameter("leaf", MerkleTree.leafHash(entry).bytes().toArray())
                .executeUpdate();
        session.createNativeMutationQuery("update log_head set size = size + 1").executeUpdate();
    }

    /** The newest head, signed. Ed25519 is deterministic: one head has one text. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Checkpoint checkpoint() {
        return tree(current -> Checkpoint.sign(current.head(), signer));
    }

    /** Entries from {@code from}, inclusive, to {@code to}, exclusive. */
    @Transactional
    public List<Bytes> entries(long from, long to) {
        return session
                .createNativeQuery(
                        "select entry from log_entry where index >= :from and index < :to order by index", byte[].class)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList()
                .stream()
                .map(Bytes::takeOwnershipOf)
                .toList();
    }

    @Transactional
    public Sha256Digest leafHash(long index) {
        var hash = session.createNativeQuery("select leaf_hash from log_entry where index = :index", byte[].class)
                .setParameter("index", index)
                .getSingleResult();
        return new Sha256Digest(Bytes.takeOwnershipOf(hash));
    }

    /** Answers from the tree of all entries that are committed now: in a transaction that has appended nothing itself. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> T tree(Function<MerkleTree, T> question) {
        synchronized (tree) {
            session.createNativeQuery(
                            "select leaf_hash from log_entry where index >= :size order by index", byte[].class)
                    .setParameter("size", tree.size())
                    .getResultList()
                    .forEach(leaf -> tree.append(new Sha256Digest(Bytes.takeOwnershipOf(leaf))));
            return question.apply(tree);
        }
    }
}
