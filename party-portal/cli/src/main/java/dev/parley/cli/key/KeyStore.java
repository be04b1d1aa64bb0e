package dev.parley.cli.key;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.crypto.WrongPassphrase;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder of keys: {@code <name>.jwe} is a locked secret key, {@code <name>.jwk} its public half, {@code <name>.jws} the
 * root key's endorsement.
 */
public final class KeyStore {
    private static final int LIMIT = 16 << 10;
    private static final String LOCKED = ".jwe";
    private static final String PUBLIC = ".jwk";
    private static final String ENDORSEMENT = ".jws";

    private final Path folder;

    public KeyStore(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** The keys that are there, by name. */
    public List<KeyName> names() throws Failure {
        if (!Files.isDirectory(folder)) {
            throw Failure.of(CliCode.KEY_MISSING, folder + " is no folder of keys; parley key new makes one");
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(LOCKED))
                    .map(name -> name.substring(0, name.length() - LOCKED.length()))
                    .sorted()
                    .flatMap(name -> parse(name).stream())
                    .toList();
        } catch (IOException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, folder + " cannot be read");
        }
    }

    public boolean has(KeyName name) {
        return Files.exists(file(name, LOCKED));
    }

    public SigningKey signingKey(KeyName name, char[] passphrase) throws Failure {
        return unlock(name, passphrase, SigningKey::importSecretJwk);
    }

    public OpeningKey openingKey(KeyName name, char[] passphrase) throws Failure {
        return unlock(name, passphrase, OpeningKey::importSecretJwk);
    }

    public VerificationKey verificationKey(KeyName name) throws Failure {
        return publicKey(name, VerificationKey::read);
    }

    public SealingKey sealingKey(KeyName name) throws Failure {
        return publicKey(name, SealingKey::read);
    }

    public Json.Obj publicJwk(KeyName name) throws Failure {
        return name.kind() == KeyName.Kind.OPENS
                ? sealingKey(name).jwk()
                : verificationKey(name).jwk();
    }

    public Optional<Jws> endorsement(KeyName name) throws Failure {
        var file = file(name, ENDORSEMENT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Jws.parse(text(file)));
        } catch (Malformed e) {
            throw malformed(file);
        }
    }

    /** Adds a locked key. The caller has seen that there is none of this name. */
    void add(KeyName name, LockedKey locked, Optional<Json.Obj> publicJwk, Optional<Jws> endorsement) throws Failure {
        OwnFiles.privateFolder(folder);
        if (publicJwk.isPresent()) {
            OwnFiles.write(file(name, PUBLIC), publicJwk.get().canonical());
        }
        if (endorsement.isPresent()) {
            OwnFiles.write(file(name, ENDORSEMENT), Bytes.utf8(endorsement.get().compact() + "\n"));
        }
        OwnFiles.writePrivate(file(name, LOCKED), Bytes.utf8(locked.compact() + "\n"));
    }

    /** How a private JWK becomes a key. */
    private interface Import<T> {
        T from(Json.Obj jwk) throws Malformed;
    }

    private <T> T unlock(KeyName name, char[] passphrase, Import<T> importer) throws Failure {
        var file = file(name, LOCKED);
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        if (OwnFiles.isOpenToOthers(file)) {
            throw Failure.of(CliCode.PASSPHRASE_FILE_OPEN, file + " can be read by others: chmod 600 " + file);
        }
        try {
            return importer.from(LockedKey.parse(text(file)).open(passphrase));
        } catch (WrongPassphrase e) {
            throw Failure.of(
                    CliCode.PASSPHRASE_WRONG, "the passphrase does not open " + file + ", or the file was changed");
        } catch (Malformed e) {
            throw malformed(file);
        }
    }

    private <T> T publicKey(KeyName name, Fields.Reader<T> reader) throws Failure {
        var file = file(name, PUBLIC);
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        try {
            var jwk = Json.parse(OwnFiles.read(file, LIMIT)).asObject().fields();
            var key = reader.read(jwk);
            jwk.end();
            return key;
        } catch (Malformed e) {
            throw malformed(file);
        }
    }

    private Path file(KeyName name, String ending) {
        return folder.resolve(name + ending);
    }

    private static Optional<KeyName> parse(String name) {
        try {
            return Optional.of(KeyName.parse(name));
        } catch (Malformed e) {
            // A folder may hold other locked files; they are not this program's.
            return Optional.empty();
        }
    }

    private static String text(Path file) throws Failure {
        return new String(OwnFiles.read(file, LIMIT).toArray(), StandardCharsets.US_ASCII).strip();
    }

    private static Failure missing(Path file) {
        return Failure.of(CliCode.KEY_MISSING, file + " is not there; parley key new makes the party's keys");
    }

    private static Failure malformed(Path file) {
        return Failure.of(CliCode.KEY_MALFORMED, file + " does not hold such a key");
    }
}
