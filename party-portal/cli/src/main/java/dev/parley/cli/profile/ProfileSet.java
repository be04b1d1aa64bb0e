package dev.parley.cli.profile;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.room.PartyId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley profile set}. */
@Command(name = "set", description = "Make or change the profile; what is not named stays.")
public final class ProfileSet implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--party", paramLabel = "ID", description = "Your party's id in its rooms.")
    private Optional<String> party = Optional.empty();

    @Option(names = "--operator-url", paramLabel = "URL", description = "The operator's API.")
    private Optional<String> operatorUrl = Optional.empty();

    @Option(names = "--operator-issuer", paramLabel = "URL", description = "The realm that guards it.")
    private Optional<String> operatorIssuer = Optional.empty();

    @Option(names = "--portal-url", paramLabel = "URL", description = "Your party's own portal.")
    private Optional<String> portalUrl = Optional.empty();

    @Option(names = "--portal-issuer", paramLabel = "URL", description = "The realm that guards it.")
    private Optional<String> portalIssuer = Optional.empty();

    @Option(names = "--keys", paramLabel = "DIR", description = "The folder of your party's keys.")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Trust root of evidence, PEM or DER; not needed where rooms run on AWS Nitro.")
    private Optional<Path> root = Optional.empty();

    public ProfileSet(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var changes = new Profile(
                parse("--party", party, PartyId::parse),
                new Profile.Service(
                        parse("--operator-url", operatorUrl, Profile::address),
                        parse("--operator-issuer", operatorIssuer, Profile::address)),
                new Profile.Service(
                        parse("--portal-url", portalUrl, Profile::address),
                        parse("--portal-issuer", portalIssuer, Profile::address)),
                keys.map(folder -> folder.toAbsolutePath().normalize()),
                root.map(file -> file.toAbsolutePath().normalize()));
        var profile = home.update(changes);
        terminal.result(profile.json(), "profile \"" + home.profileName() + "\" is kept");
        return 0;
    }

    private static <T> Optional<T> parse(String option, Optional<String> text, Fields.TextReader<T> reader)
            throws Failure {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(reader.parse(text.get()));
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, option + ": " + e.getMessage());
        }
    }
}
