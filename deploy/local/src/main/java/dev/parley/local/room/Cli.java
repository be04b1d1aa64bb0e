package dev.parley.local.room;

import dev.parley.local.process.Children;
import dev.parley.local.process.JavaCommand;
import dev.parley.local.process.Launch;
import dev.parley.local.process.Tool;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The `parley` command as one party's people run it: with that party's configuration and keys. */
public final class Cli {
    private static final String MAIN = "dev.parley.cli.Main";

    private final List<Path> classPath;
    private final StateFolder party;
    private final Path passphrase;
    private final Children children;

    private Cli(List<Path> classPath, StateFolder party, Path passphrase, Children children) {
        this.classPath = classPath;
        this.party = party;
        this.passphrase = passphrase;
        this.children = children;
    }

    static Cli of(Site site, Domain party, Children children) throws IOException {
        return new Cli(
                site.checkout().classPath("party-portal/cli"), party.folder(), PartyKeys.passphrase(party), children);
    }

    /** Runs a command to its end, whatever that is. */
    public Tool.Ended run(String... arguments) throws IOException, InterruptedException {
        var line = JavaCommand.main(classPath, MAIN, arguments);
        var launch = Launch.of("parley", line, party.folder("logs").file("cli.log"))
                .with(Map.of("PARLEY_HOME", home().toString()));
        return Tool.run(launch, children);
    }

    /** Runs a command that has to succeed; gives what it printed. */
    public String must(String... arguments) throws IOException, InterruptedException, CommandFailed {
        var ended = run(arguments);
        if (ended.exitCode() != 0) {
            throw new CommandFailed("parley " + String.join(" ", arguments), ended);
        }
        return ended.printed();
    }

    /** As {@link #must}, for a command that opens or makes keys: it reads the party's passphrase from a file. */
    public String unlocking(String... arguments) throws IOException, InterruptedException, CommandFailed {
        var line = new ArrayList<>(List.of(arguments));
        line.add("--passphrase-file");
        line.add(passphrase.toString());
        return must(line.toArray(String[]::new));
    }

    /** Its configuration, for people who want to run commands themselves. */
    public Path home() throws IOException {
        return party.folder("cli").path();
    }

    /** As {@link #unlocking}, whatever comes of it. */
    public Tool.Ended tryUnlocking(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(arguments));
        line.add("--passphrase-file");
        line.add(passphrase.toString());
        return run(line.toArray(String[]::new));
    }
}
