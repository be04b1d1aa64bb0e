package dev.parley.cli.key;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley key export}. */
@Command(
        name = "export",
        description = {
            "Write the public keys and endorsements for a room folder: PARTY-NAME.jwk and PARTY-NAME.jws.",
            "Approver keys are named by their role. Without --to, print the public keys as a JWK set."
        })
public final class KeyExport implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--to", paramLabel = "DIR", description = "The keys folder of the room.")
    private Optional<Path> target = Optional.empty();

    @Option(names = "--party", paramLabel = "ID", description = "The party (default: the profile's).")
    private Optional<String> party = Optional.empty();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    public KeyExport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var store = keys.store(home);
        var names = store.names().stream()
                .filter(name -> name.equals(KeyName.ROOT) || name.use().isPresent())
                .toList();
        for (var name : names) {
            if (!name.equals(KeyName.ROOT) && !KeyShow.isEndorsed(store, name)) {
                throw Failure.of(CliCode.KEY_NOT_ENDORSED, "the root key does not endorse " + name);
            }
        }
        var set = new ArrayList<Json>();
        for (var name : names) {
            set.add(store.publicJwk(name));
        }
        var document = Json.object().put("keys", new Json.Arr(set)).build();
        if (target.isEmpty()) {
            terminal.result(document, text(document));
            return 0;
        }
        write(store, names, party.isPresent() ? party.get() : partyOf(home), target.get());
        terminal.result(document, names.size() + " public keys written to " + target.get());
        return 0;
    }

    private static String partyOf(Home home) throws Failure {
        return home.require(home.profile().party(), "--party ID").value();
    }

    private static void write(KeyStore store, List<KeyName> names, String party, Path folder) throws Failure {
        for (var name : names) {
            var file = party + "-" + name.inRoom();
            OwnFiles.write(folder.resolve(file + ".jwk"), store.publicJwk(name).canonical());
            var endorsement = store.endorsement(name);
            if (endorsement.isPresent()) {
                OwnFiles.write(
                        folder.resolve(file + ".jws"),
                        Bytes.utf8(endorsement.get().compact() + "\n"));
            }
        }
    }

    private static String text(Json.Obj document) {
        return new String(document.canonical().toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
