package dev.parley.cli.key;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.SecretSource;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley key new}. */
@Command(name = "new", description = "Make keys, locked under a passphrase and endorsed by the root key.")
public final class KeyNew implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which keys to make.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Make the whole set of a party, root key first.")
    private boolean all;

    @Option(names = "--role", paramLabel = "ROLE", description = "With --all: an approver's role; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--party", paramLabel = "ID", description = "The party (default: the profile's).")
    private Optional<String> party = Optional.empty();

    @Option(
            names = "--root-passphrase-file",
            paramLabel = "FILE",
            description = "Passphrase of the root key, where it is another (default: the same).")
    private Optional<Path> rootPassphrase = Optional.empty();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public KeyNew(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var wanted = wanted();
        var store = keys.store(home);
        var maker = new NewKeys(store, party(home), terminal.surroundings().random());
        maker.requireAbsent(wanted);
        var passphrase = passphrases.readNew(terminal);
        try {
            make(store, maker, wanted, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        terminal.result(KeyShow.json(store, wanted), wanted.size() + " keys made in " + store.folder());
        return 0;
    }

    private void make(KeyStore store, NewKeys maker, List<KeyName> wanted, char[] passphrase) throws Failure {
        Optional<SigningKey> root = Optional.empty();
        if (wanted.contains(KeyName.ROOT)) {
            root = Optional.of(maker.root(passphrase));
        } else if (wanted.stream().anyMatch(name -> name.use().isPresent())) {
            root = Optional.of(existingRoot(store, passphrase));
        }
        try (var progress = terminal.progress("keys", wanted.size())) {
            for (var i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).equals(KeyName.ROOT)) {
                    maker.add(wanted.get(i), root, passphrase);
                }
                progress.at(i + 1);
            }
        }
    }

    private SigningKey existingRoot(KeyStore store, char[] passphrase) throws Failure {
        if (rootPassphrase.isEmpty()) {
            return store.signingKey(KeyName.ROOT, passphrase);
        }
        var secret = new SecretSource("passphrase of the root key", rootPassphrase, Optional.empty()).read(terminal);
        try {
            return store.signingKey(KeyName.ROOT, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private List<KeyName> wanted() throws Failure {
        if (all == !names.isEmpty()) {
            throw Failure.of(CliCode.USAGE, "name the keys to make, or --all with one --role or more");
        }
        try {
            var wanted = new ArrayList<KeyName>();
            for (var name : names) {
                wanted.add(KeyName.parse(name));
            }
            if (all) {
                wanted.add(KeyName.ROOT);
                for (var role : roles.isEmpty() ? List.of("compliance") : roles) {
                    wanted.add(KeyName.approver(role));
                }
                wanted.addAll(List.of(
                        KeyName.STEWARD,
                        KeyName.RUN,
                        KeyName.RECIPIENT,
                        KeyName.BROKER,
                        KeyName.BROKER_WRAP,
                        KeyName.BROKER_NOISE));
            }
            return wanted.stream().distinct().toList();
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private PartyId party(Home home) throws Failure {
        try {
            return party.isPresent()
                    ? PartyId.parse(party.get())
                    : home.require(home.profile().party(), "--party ID");
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--party: " + e.getMessage());
        }
    }
}
