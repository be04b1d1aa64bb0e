package dev.parley.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Workshop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandsTest {
    @TempDir
    Path home;

    @Test
    void whatIsNotNamedStays() throws Exception {
        var desk = new Desk(home, Workshop.CLOCK);

        desk.say("profile", "set", "--party", "retailer", "--operator-url", "https://room.example/")
                .succeeds();
        desk.say("profile", "set", "--portal-url", "http://127.0.0.1:8710").succeeds();

        assertThat(desk.say("profile", "show").out())
                .contains("retailer", "https://room.example", "http://127.0.0.1:8710");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("default.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void profilesAreApart() {
        var desk = new Desk(home, Workshop.CLOCK);

        desk.say("profile", "set", "--party", "retailer").succeeds();
        desk.say("--profile", "second", "profile", "set", "--party", "publisher")
                .succeeds();

        assertThat(desk.say("profile", "show", "--json").text("party")).isEqualTo("retailer");
        assertThat(desk.say("profile", "show", "--profile", "second", "--json").text("party"))
                .isEqualTo("publisher");
        desk.say("profile", "show", "--profile", "third", "--json").failsWith(2, "PROFILE_MISSING");
        desk.say("profile", "show", "--profile", "../x", "--json").failsWith(2, "USAGE");
    }

    @Test
    void tokensNeverTravelInTheClear() {
        var desk = new Desk(home, Workshop.CLOCK);

        for (var address : List.of(
                "http://room.example",
                "http://127.0.0.1.example",
                "ftp://room.example",
                "room.example",
                "https://a@b.c")) {
            desk.say("profile", "set", "--operator-url", address, "--json").failsWith(2, "USAGE");
        }
    }

    @Test
    void aFileThatSomebodyChangedIsNotGuessedAt() throws Exception {
        var desk = new Desk(home, Workshop.CLOCK);
        Files.writeString(home.resolve("default.json"), "{\"parley\":\"profile/9\"}");

        desk.say("profile", "show", "--json").failsWith(2, "PROFILE_MALFORMED");
    }

    @Test
    void whatACommandNeedsIsNamed() {
        var desk = new Desk(home, Workshop.CLOCK);

        desk.say("budget", "--json").failsWith(2, "PROFILE_INCOMPLETE");
        desk.say("key", "show", "--json").failsWith(2, "PROFILE_INCOMPLETE");
        desk.say("login", "--json").failsWith(2, "PROFILE_INCOMPLETE");
    }
}
