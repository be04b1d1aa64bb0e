package dev.parley.cli.key;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyEndorsement;
import dev.parley.protocol.room.KeyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley key show}. */
@Command(name = "show", description = "List the keys with their thumbprints; needs no passphrase.")
public final class KeyShow implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    public KeyShow(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var store = keys.store(Home.of(terminal));
        var names = store.names();
        var table = new Table("key", "use", "endorsed", "thumbprint");
        for (var name : names) {
            table.row(
                    name.text(),
                    name.use().map(KeyUse::text).orElse("-"),
                    name.use().isEmpty() ? "-" : isEndorsed(store, name) ? "yes" : "NO",
                    thumbprint(store, name).map(Thumbprint::print).orElse("(secret alone)"));
        }
        terminal.result(json(store, names), table.toString());
        return 0;
    }

    static Json.Obj json(KeyStore store, List<KeyName> names) throws Failure {
        var keys = new ArrayList<Json>();
        for (var name : names) {
            keys.add(Json.object()
                    .put("name", name.text())
                    .put("use", name.use().map(KeyUse::text).orElse(null))
                    .put("endorsed", isEndorsed(store, name))
                    .put(
                            "thumbprint",
                            thumbprint(store, name).map(Thumbprint::print).orElse(null))
                    .build());
        }
        return Json.object().put("keys", new Json.Arr(keys)).build();
    }

    private static Optional<Thumbprint> thumbprint(KeyStore store, KeyName name) throws Failure {
        return switch (name.kind()) {
            case SIGNS -> Optional.of(store.verificationKey(name).thumbprint());
            case OPENS -> Optional.of(store.sealingKey(name).thumbprint());
            case NOISE -> Optional.empty();
        };
    }

    /** Whether the root key beside it endorses exactly this key for exactly this use. */
    static boolean isEndorsed(KeyStore store, KeyName name) throws Failure {
        var statement = store.endorsement(name);
        if (statement.isEmpty() || name.use().isEmpty()) {
            return false;
        }
        try {
            var endorsement = KeyEndorsement.read(statement.get(), store.verificationKey(KeyName.ROOT));
            return endorsement.use() == name.use().get() && endorsement.key().equals(store.publicJwk(name));
        } catch (BadSignature | Malformed e) {
            return false;
        }
    }
}
