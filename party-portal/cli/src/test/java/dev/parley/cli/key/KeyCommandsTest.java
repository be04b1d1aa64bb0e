package dev.parley.cli.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Workshop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandsTest {
    private static final Workshop WORKSHOP = Workshop.shared();

    @TempDir
    Path folder;

    @Test
    void showsEveryKeyAndItsEndorsementWithoutAPassphrase() {
        var desk = WORKSHOP.desk("retailer", folder);

        var shown = desk.say("key", "show").succeeds();

        assertThat(shown.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "approver-compliance",
                        "approver-legal",
                        "broker",
                        "broker-noise",
                        "broker-wrap",
                        "recipient",
                        "root",
                        "run",
                        "steward");
        assertThat(shown.out()).doesNotContain("NO");
    }

    @Test
    void secretKeysAreReadableByTheirOwnerAlone() throws Exception {
        try (var files = Files.list(WORKSHOP.keys("retailer"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".jwe")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
                assertThat(Files.readString(file)).doesNotContain("\"d\"");
            }
        }
    }

    @Test
    void neverOverwritesAKey() {
        var desk = WORKSHOP.desk("retailer", folder);

        desk.say("key", "new", "steward", "--passphrase-file", passphrase(), "--json")
                .failsWith(2, "KEY_EXISTS");
    }

    @Test
    void makesASingleKeyUnderTheRootKeyThatIsThere() throws Exception {
        var keys = Files.createDirectory(folder.resolve("keys"));
        for (var name : new String[] {"root.jwe", "root.jwk"}) {
            Files.copy(WORKSHOP.keys("retailer").resolve(name), keys.resolve(name));
        }
        var desk = WORKSHOP.desk("retailer", folder);

        desk.say("key", "new", "approver-finance", "--keys", keys.toString(), "--passphrase-file", passphrase())
                .succeeds();

        assertThat(desk.say("key", "show", "--keys", keys.toString()).out())
                .containsPattern("approver-finance +approver +yes");
    }

    @Test
    void takesThePassphraseFromADescriptor() throws Exception {
        var keys = Files.createDirectory(folder.resolve("keys"));
        var desk = new Desk(folder, Workshop.CLOCK).withInput("a passphrase of twelve or more\n");

        desk.say("key", "new", "root", "--party", "shop", "--keys", keys.toString(), "--passphrase-fd", "0")
                .succeeds();

        assertThat(keys.resolve("root.jwe")).exists();
    }

    @Test
    void refusesAPassphraseThatIsShortMissingOrOpenToOthers() throws Exception {
        var keys = folder.resolve("keys").toString();
        var open = Files.writeString(folder.resolve("open"), "a passphrase of twelve or more");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        var desk = new Desk(folder, Workshop.CLOCK);

        desk.withInput("short\n")
                .say("key", "new", "root", "--party", "shop", "--keys", keys, "--passphrase-fd", "0", "--json")
                .failsWith(2, "PASSPHRASE_SHORT");
        desk.say("key", "new", "root", "--party", "shop", "--keys", keys, "--json")
                .failsWith(2, "PASSPHRASE_MISSING");
        desk.say(
                        "key",
                        "new",
                        "root",
                        "--party",
                        "shop",
                        "--keys",
                        keys,
                        "--passphrase-file",
                        open.toString(),
                        "--json")
                .failsWith(2, "PASSPHRASE_FILE_OPEN");
        assertThat(Path.of(keys)).doesNotExist();
    }

    @Test
    void refusesTheWrongPassphraseAndAnUnknownName() {
        var desk = WORKSHOP.desk("retailer", folder);

        desk.withInput("another passphrase\n")
                .say("key", "new", "approver-finance", "--passphrase-fd", "0", "--json")
                .failsWith(1, "PASSPHRASE_WRONG");
        desk.say("key", "new", "door-key", "--passphrase-file", passphrase(), "--json")
                .failsWith(2, "USAGE");
        desk.say("key", "new", "--json").failsWith(2, "USAGE");
    }

    @Test
    void exportsNothingThatTheRootKeyDoesNotEndorse() throws Exception {
        var keys = Files.createDirectory(folder.resolve("keys"));
        try (var files = Files.list(WORKSHOP.keys("retailer"))) {
            for (var file : files.toList()) {
                Files.copy(file, keys.resolve(file.getFileName()));
            }
        }
        Files.copy(
                WORKSHOP.keys("publisher").resolve("run.jws"),
                keys.resolve("run.jws"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        var target = folder.resolve("room-keys");

        WORKSHOP.desk("retailer", folder)
                .say("key", "export", "--keys", keys.toString(), "--to", target.toString(), "--json")
                .failsWith(1, "KEY_NOT_ENDORSED");

        assertThat(target).doesNotExist();
    }

    @Test
    void printsTheUsageErrorsOfAProgramAsOneDocument() {
        var desk = new Desk(folder, Workshop.CLOCK);

        desk.say("key", "sing", "--json").failsWith(2, "USAGE");
        assertThat(desk.say("key", "sing").exit()).isEqualTo(2);
        assertThat(desk.say("key", "sing").err().lines()).hasSize(1);
        assertThat(desk.say("--help").exit()).isZero();
    }

    private static String passphrase() {
        return WORKSHOP.passphrase("retailer").toString();
    }
}
