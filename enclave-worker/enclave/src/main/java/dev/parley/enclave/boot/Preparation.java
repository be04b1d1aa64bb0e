package dev.parley.enclave.boot;

import static java.util.Objects.requireNonNull;

import dev.parley.enclave.engine.Analysis;
import dev.parley.enclave.engine.EngineFailure;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.log.MerkleTree;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a run needs is used once before the enclave asks for one: classes are loaded, libraries linked, providers found.
 * There is nothing secret yet. The keys made here are invented, used on invented statements, and dropped.
 */
final class Preparation {
    private static final String TYPE = "parley-preparation+jws";

    /** The sample of the policy language's test kit: parties, keys and people that nobody has. */
    private static final String POLICY = "invented-policy.json";

    /** Reading a policy verifies an endorsement for every key in it, by code that has to be compiled first. */
    private static final int READINGS = 4;

    private Preparation() {}

    /**
     * Uses everything once.
     *
     * @param random already holds the security module's randomness
     */
    static void run(SecureRandom random) throws IOException, Malformed, BadSignature, EngineFailure {
        // The query engine's library takes as long as all the rest, and there are processors for both.
        var engine = CompletableFuture.runAsync(
                Preparation::engine,
                task -> Thread.ofPlatform().daemon().name("preparation").start(task));
        statements(random);
        log(random);
        seals(random);
        policy();
        Cbor.parse(Cbor.map().put("id", 0).build().encode(), 1)
                .asDict()
                .fields()
                .integer("id", 0, 0);
        try {
            engine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EngineFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void engine() {
        try {
            Analysis.tryTheEngine();
        } catch (EngineFailure e) {
            throw new CompletionException(e);
        }
    }

    private static void policy() throws IOException, Malformed {
        try (var text = Preparation.class.getResourceAsStream(POLICY)) {
            var policy = Bytes.takeOwnershipOf(requireNonNull(text).readAllBytes());
            for (var reading = 0; reading < READINGS; reading++) {
                PolicyBundle.parse(policy);
            }
        }
    }

    private static void statements(SecureRandom random) throws Malformed, BadSignature {
        var key = SigningKey.generate(random);
        var statement =
                Jws.sign(TYPE, Json.object().put("parley", "preparation/1").build(), key);
        Jws.parse(statement.compact()).verify(TYPE, key.verificationKey());
    }

    private static void log(SecureRandom random) throws Malformed, BadSignature {
        var log = LogSigner.generate("preparation", random);
        var tree = new MerkleTree();
        tree.append(MerkleTree.leafHash(Bytes.utf8("preparation")));
        Checkpoint.verify(Checkpoint.sign(tree.head(), log).note(), log.key());
    }

    private static void seals(SecureRandom random) throws Malformed {
        var key = OpeningKey.generate(random);
        var info = Bytes.utf8("preparation");
        key.open(info, key.sealingKey().seal(info, new byte[32]));
    }
}
