package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * Reads public keys and their endorsements: {@code keys/x.jwk} is endorsed by {@code keys/x.jws}, a compact JWS on one
 * line.
 */
final class KeyFiles {
    private static final String JWK = ".jwk";

    private final RoomFiles files;

    KeyFiles(RoomFiles files) {
        this.files = files;
    }

    VerificationKey verification(YamlNode.Scalar file) throws Refused {
        return read(file, VerificationKey::read);
    }

    SealingKey sealing(YamlNode.Scalar file) throws Refused {
        return read(file, SealingKey::read);
    }

    /** The 32 bytes of an Ed25519 key in a JWK (RFC 8037). */
    Bytes ed25519(YamlNode.Scalar file) throws Refused {
        return read(file, jwk -> {
            jwk.require("kty", "OKP");
            jwk.require("crv", "Ed25519");
            return jwk.bytes("x");
        });
    }

    Jws endorsement(YamlNode.Scalar keyFile) throws Refused {
        var name = keyFile.text().substring(0, keyFile.text().length() - JWK.length()) + ".jws";
        var text = new String(files.bytes(name, keyFile.at()).toArray(), StandardCharsets.US_ASCII);
        try {
            return Jws.parse(text.strip());
        } catch (Malformed e) {
            throw new Refused(FindingCode.ENDORSEMENT_WRONG, keyFile.at(), "not a signed statement: " + name);
        }
    }

    private <T> T read(YamlNode.Scalar file, Fields.Reader<T> reader) throws Refused {
        if (!file.text().endsWith(JWK)) {
            throw new Refused(FindingCode.KEY_FILE_MALFORMED, file.at(), "a key is in a file that ends in .jwk");
        }
        var bytes = files.bytes(file.text(), file.at());
        try {
            var jwk = Json.parse(bytes).asObject().fields();
            // A private key that strays into a folder which everybody reads is lost: say so at once.
            if (jwk.has("d")) {
                throw new Refused(
                        FindingCode.KEY_FILE_MALFORMED, file.at(), "holds a private key, which is no longer secret");
            }
            var key = reader.read(jwk);
            jwk.end();
            return key;
        } catch (Malformed e) {
            throw new Refused(FindingCode.KEY_FILE_MALFORMED, file.at(), "not such a key: " + e.getMessage());
        }
    }
}
