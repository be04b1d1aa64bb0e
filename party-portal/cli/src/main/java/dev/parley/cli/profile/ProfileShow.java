package dev.parley.cli.profile;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.room.PartyId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code parley profile show}. */
@Command(name = "show", description = "Show the profile in use.")
public final class ProfileShow implements Callable<Integer> {
    private final Terminal terminal;

    public ProfileShow(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var found = home.find();
        if (found.isEmpty()) {
            throw Failure.of(
                    CliCode.PROFILE_MISSING,
                    "no profile \"" + home.profileName() + "\"; there are: " + String.join(", ", home.names()));
        }
        var profile = found.get();
        var table = new Table("profile", home.profileName())
                .row("party", text(profile.party().map(PartyId::value)))
                .row("operator", text(profile.operator().url().map(URI::toString)))
                .row("operator issuer", text(profile.operator().issuer().map(URI::toString)))
                .row("portal", text(profile.portal().url().map(URI::toString)))
                .row("portal issuer", text(profile.portal().issuer().map(URI::toString)))
                .row("keys", text(profile.keys().map(Path::toString)))
                .row("trust root", text(profile.trustRoot().map(Path::toString)));
        terminal.result(profile.json(), table.toString());
        return 0;
    }

    private static String text(Optional<String> value) {
        return value.orElse("-");
    }
}
