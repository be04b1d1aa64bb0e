package dev.parley.server.log;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.LogKey;
import dev.parley.protocol.log.LogSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;

/** The log's signing key at rest: canonical JSON, readable by its owner alone, never overwritten. */
final class LogKeyFile {
    private static final String KIND = "log-key/1";

    private final Path file;

    LogKeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** The signer in the file, which is made where there is none. */
    LogSigner open(String origin, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            create(origin, random);
        }
        requirePrivate();
        try {
            return read(origin);
        } catch (Malformed e) {
            throw new IOException("log key file: " + e.getMessage(), e);
        }
    }

    private LogSigner read(String origin) throws IOException, Malformed {
        var fields = Json.parseCanonical(Bytes.takeOwnershipOf(Files.readAllBytes(file)))
                .asObject()
                .fields();
        fields.require("parley", KIND);
        fields.require("origin", origin);
        var key = LogKey.parse(origin, fields.bytes("publicKey"));
        var secret = fields.bytes("secret").toArray();
        fields.end();
        try {
            return LogSigner.importSecret(key, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Written beside and linked into place: of two servers that start at once, both use the key of the first. */
    private void create(String origin, SecureRandom random) throws IOException {
        Files.createDirectories(file.getParent());
        var temporary = Files.createTempFile(
                file.getParent(),
                "log",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var signer = LogSigner.generate(origin, random);
        var secret = signer.exportSecret();
        try {
            Files.write(temporary, print(signer, secret).canonical().toArray());
            Files.createLink(file, temporary);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another server was first; its key counts.
        } catch (UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Files.deleteIfExists(temporary);
        }
    }

    private static Json.Obj print(LogSigner signer, byte[] secret) {
        return Json.object()
                .put("parley", KIND)
                .put("origin", signer.key().origin())
                .put("publicKey", signer.key().publicKey())
                .put("secret", Bytes.copyOf(secret))
                .build();
    }

    private void requirePrivate() throws IOException {
        var permissions = Files.getPosixFilePermissions(file);
        if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
            throw new IOException("the log key file must be readable by its owner alone");
        }
    }
}
