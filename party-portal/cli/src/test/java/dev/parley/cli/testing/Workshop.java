package dev.parley.cli.testing;

import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The example room of this repository with two parties whose keys were made by the command itself. Made once for all
 * tests, since locking a key takes its time; tests change copies.
 */
public final class Workshop {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);
    public static final List<String> PARTIES = List.of("retailer", "publisher");

    private static final Path EXAMPLE = Path.of("../../policies/rooms/retail-media");

    private final Path folder;
    private final TestPlatform platform = TestPlatform.at(NOW);

    private Workshop(Path folder) {
        this.folder = folder;
    }

    public static Workshop shared() {
        return Shared.WORKSHOP;
    }

    /** Made for the first test that asks. */
    private static final class Shared {
        private static final Workshop WORKSHOP = make();
    }

    private static Workshop make() {
        try {
            var workshop = new Workshop(Files.createTempDirectory("parley-workshop"));
            workshop.copyExample();
            Files.write(workshop.root(), workshop.platform.root().der().toArray());
            for (var party : PARTIES) {
                workshop.makeKeys(party);
            }
            workshop.measurements();
            return workshop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestPlatform platform() {
        return platform;
    }

    public Path room() {
        return folder.resolve("room");
    }

    public Path root() {
        return folder.resolve("root.der");
    }

    public Path keys(String party) {
        return folder.resolve(party + "-keys");
    }

    public Path passphrase(String party) {
        return folder.resolve(party + ".passphrase");
    }

    /** A desk of this party in a home of its own. */
    public Desk desk(String party, Path home) {
        var desk = new Desk(home, CLOCK);
        desk.say("profile", "set", "--party", party, "--keys", keys(party).toString(), "--root", root().toString())
                .succeeds();
        return desk;
    }

    /** The first characters of a party's root key, as it would tell them on the telephone. */
    public String rootPart(String party) {
        var shown = new Desk(folder, CLOCK)
                .say("key", "show", "--keys", keys(party).toString(), "--json")
                .succeeds();
        try {
            for (var key : shown.fields().array("keys")) {
                var fields = key.asObject().fields();
                if (fields.string("name").equals("root")) {
                    return fields.string("thumbprint").substring(0, 8);
                }
            }
        } catch (Malformed e) {
            throw new AssertionError(shown.out(), e);
        }
        throw new AssertionError("no root key");
    }

    private void copyExample() throws IOException {
        try (var files = Files.walk(EXAMPLE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = room().resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        var log = Json.object()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", Bytes.copyOf(new byte[32]))
                .build();
        Files.createDirectories(room().resolve("keys"));
        Files.write(room().resolve("keys/log.jwk"), log.canonical().toArray());
    }

    private void makeKeys(String party) throws IOException {
        Files.createFile(
                passphrase(party), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passphrase(party), "a passphrase of " + party + "\n");
        var desk = desk(party, folder.resolve(party + "-home"));
        desk.say(
                        "key",
                        "new",
                        "--all",
                        "--role",
                        "compliance",
                        "--role",
                        "legal",
                        "--passphrase-file",
                        passphrase(party).toString())
                .succeeds();
        desk.say("key", "export", "--to", room().resolve("keys").toString()).succeeds();
    }

    private void measurements() throws IOException {
        var accepted = Json.object();
        TestClaims.measurement("image").json().members().forEach(accepted::put);
        var document = Json.object()
                .put("parley", "measurements/1")
                .put("trustDomain", "simulated")
                .put("rootFingerprint", platform.root().fingerprint().hex())
                .put(
                        "measurements",
                        new Json.Arr(List.of(
                                accepted.put("expires", "2027-06-01T00:00:00Z").build())))
                .build();
        Files.write(room().resolve("measurements.json"), document.canonical().toArray());
    }
}
