package dev.parley.cli.key;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyEndorsement;
import dev.parley.protocol.room.PartyId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Makes keys of one party, endorsed by its root key. */
final class NewKeys {
    private static final int NOISE_SIZE = 32;

    private final KeyStore store;
    private final PartyId party;
    private final SecureRandom random;

    NewKeys(KeyStore store, PartyId party, SecureRandom random) {
        this.store = store;
        this.party = party;
        this.random = random;
    }

    /** Nothing is made where one of them is there already. */
    void requireAbsent(List<KeyName> names) throws Failure {
        for (var name : names) {
            if (store.has(name)) {
                throw Failure.of(CliCode.KEY_EXISTS, "there is a key " + name + " in " + store.folder());
            }
        }
    }

    SigningKey root(char[] passphrase) throws Failure {
        var root = SigningKey.generate(random);
        lock(
                KeyName.ROOT,
                root.exportSecretJwk(),
                Optional.of(root.verificationKey().jwk()),
                Optional.empty(),
                passphrase);
        return root;
    }

    void add(KeyName name, Optional<SigningKey> root, char[] passphrase) throws Failure {
        switch (name.kind()) {
            case SIGNS -> {
                var key = SigningKey.generate(random);
                lock(
                        name,
                        key.exportSecretJwk(),
                        Optional.of(key.verificationKey().jwk()),
                        root,
                        passphrase);
            }
            case OPENS -> {
                var key = OpeningKey.generate(random);
                lock(name, key.exportSecretJwk(), Optional.of(key.sealingKey().jwk()), root, passphrase);
            }
            case NOISE -> lock(name, noise(), Optional.empty(), Optional.empty(), passphrase);
        }
    }

    private Json.Obj noise() {
        var secret = new byte[NOISE_SIZE];
        random.nextBytes(secret);
        return Json.object()
                .put("kty", "oct")
                .put("k", Bytes.takeOwnershipOf(secret))
                .build();
    }

    private void lock(
            KeyName name, Json.Obj secret, Optional<Json.Obj> publicJwk, Optional<SigningKey> root, char[] passphrase)
            throws Failure {
        var endorsement = name.use()
                .flatMap(use -> publicJwk.flatMap(jwk -> root.map(r -> new KeyEndorsement(party, use, jwk).sign(r))));
        store.add(name, LockedKey.lock(secret, passphrase, random), publicJwk, endorsement);
    }
}
