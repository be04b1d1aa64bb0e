package dev.parley.cli.profile;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The folder where this program keeps what it knows between two commands. */
public final class Home {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final int LIMIT = 64 << 10;
    private static final String JSON = ".json";

    private final Path folder;
    private final String profileName;

    private Home(Path folder, String profileName) {
        this.folder = folder;
        this.profileName = profileName;
    }

    public static Home of(Terminal terminal) throws Failure {
        var environment = terminal.surroundings().environment();
        var profile = terminal.options()
                .profile()
                .or(() -> Optional.ofNullable(environment.get("PARLEY_PROFILE")))
                .orElse("default");
        if (!NAME.matcher(profile).matches()) {
            throw Failure.of(CliCode.USAGE, "a profile's name is a lower-case letter, then a-z, 0-9 and -");
        }
        var folder = terminal.options()
                .home()
                .or(() -> Optional.ofNullable(environment.get("PARLEY_HOME")).map(Path::of))
                .or(() -> Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                        .map(config -> Path.of(config, "parley")))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".config", "parley")))
                .orElseThrow(() -> Failure.of(CliCode.USAGE, "no home folder: name one with --home"));
        return new Home(folder.toAbsolutePath().normalize(), profile);
    }

    public String profileName() {
        return profileName;
    }

    /** Files of the current profile beside the profile itself: tokens, requests, approved policies. */
    public Path folder(String kind) throws Failure {
        OwnFiles.privateFolder(folder);
        return OwnFiles.privateFolder(folder.resolve(profileName).resolve(kind));
    }

    public Optional<Profile> find() throws Failure {
        var file = file(profileName);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Profile.parse(Json.parse(OwnFiles.read(file, LIMIT)).asObject()));
        } catch (Malformed | IllegalArgumentException e) {
            throw Failure.of(CliCode.PROFILE_MALFORMED, file + ": " + e.getMessage());
        }
    }

    /** The profile, empty where there is none: commands ask for what they need. */
    public Profile profile() throws Failure {
        return find().orElseGet(Profile::empty);
    }

    public Profile update(Profile changes) throws Failure {
        var updated = profile().overlaid(changes);
        OwnFiles.privateFolder(folder);
        OwnFiles.writePrivate(file(profileName), updated.json().canonical());
        return updated;
    }

    public List<String> names() throws Failure {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JSON))
                    .map(name -> name.substring(0, name.length() - JSON.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, folder + " cannot be read");
        }
    }

    private Path file(String name) {
        return folder.resolve(name + JSON);
    }

    /** What a command cannot do without. */
    public <T> T require(Optional<T> member, String option) throws Failure {
        return member.orElseThrow(() -> Failure.of(
                CliCode.PROFILE_INCOMPLETE,
                "profile \"" + profileName + "\" does not say it: parley profile set " + option));
    }
}
