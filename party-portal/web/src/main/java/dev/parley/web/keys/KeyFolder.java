package dev.parley.web.keys;

import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.crypto.WrongPassphrase;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.keys.KeysRefused.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A party's key store: {@code <name>.jwe} holds a secret key, locked; {@code <name>.jwk} its public half. The portal opens
 * {@code broker}, {@code broker-wrap} and {@code broker-noise}, and of all others reads the public half at most.
 */
public final class KeyFolder {
    private static final int MAX_SIZE = 16 << 10;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    public PartyKeys open(PartyId party, Passphrase passphrase) throws KeysRefused {
        // Everything that can be wrong without a passphrase first: deriving from one takes a while on purpose.
        var root = publicKey("root").orElseThrow(() -> missing(folder.resolve("root.jwk")));
        var steward = publicKey("steward");
        var lockedBroker = locked("broker");
        var lockedWrap = locked("broker-wrap");
        var lockedNoise = locked("broker-noise");
        var noise = lockedNoise.unlock(passphrase, KeyFolder::importNoise);
        var broker = lockedBroker.unlock(passphrase, SigningKey::importSecretJwk);
        var wrap = lockedWrap.unlock(passphrase, OpeningKey::importSecretJwk);
        return new PartyKeys(BrokerKeys.takeOwnershipOf(party, broker, wrap, noise), root, steward);
    }

    /** How a private JWK becomes a key. */
    private interface Import<T> {
        T from(Json.Obj jwk) throws Malformed;
    }

    private record Locked(Path file, LockedKey key) {
        <T> T unlock(Passphrase passphrase, Import<T> importer) throws KeysRefused {
            try {
                return importer.from(key.open(passphrase.characters()));
            } catch (WrongPassphrase e) {
                throw new KeysRefused(
                        Code.PASSPHRASE_WRONG, "the passphrase does not open " + file + ", or the file was changed");
            } catch (Malformed e) {
                throw malformed(file);
            }
        }
    }

    private Locked locked(String name) throws KeysRefused {
        var file = folder.resolve(name + ".jwe");
        requireUnreadableByOthers(file);
        try {
            return new Locked(file, LockedKey.parse(text(file)));
        } catch (Malformed e) {
            throw malformed(file);
        }
    }

    private static byte[] importNoise(Json.Obj jwk) throws Malformed {
        var fields = jwk.fields();
        fields.require("kty", "oct");
        var secret = fields.bytes("k").toArray();
        fields.end();
        if (secret.length != BrokerKeys.NOISE_KEY_SIZE) {
            throw new Malformed("a noise key has 32 bytes");
        }
        return secret;
    }

    /** A key that verifies; the file may carry its use and endorsement too, which the bundle shows again. */
    private Optional<VerificationKey> publicKey(String name) throws KeysRefused {
        var file = folder.resolve(name + ".jwk");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var jwk = Json.parse(Bytes.utf8(text(file))).asObject().fields();
            if (jwk.has("d")) {
                throw new KeysRefused(Code.KEY_MALFORMED, file + " holds a secret key, which does not belong there");
            }
            return Optional.of(VerificationKey.read(jwk));
        } catch (Malformed e) {
            throw malformed(file);
        }
    }

    private static void requireUnreadableByOthers(Path file) throws KeysRefused {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new KeysRefused(Code.KEY_READABLE_BY_OTHERS, "chmod 600 " + file);
            }
        } catch (NoSuchFileException e) {
            throw missing(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw new KeysRefused(Code.KEY_UNREADABLE, file + " cannot be examined");
        }
    }

    private static String text(Path file) throws KeysRefused {
        try (var input = Files.newInputStream(file)) {
            return new String(input.readNBytes(MAX_SIZE), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new KeysRefused(Code.KEY_UNREADABLE, file + " cannot be read");
        }
    }

    private static KeysRefused malformed(Path file) {
        return new KeysRefused(Code.KEY_MALFORMED, file + " does not hold such a key");
    }

    private static KeysRefused missing(Path file) {
        return new KeysRefused(Code.KEY_MISSING, file + " is not there; parley key new makes the party's keys");
    }
}
