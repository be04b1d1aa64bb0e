package dev.parley.simulator.pki;

import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The installation's root: made at the first start, kept in a folder that only its user may read. */
public final class SimulatedRoot {
    private static final String KEY = "root.jwk";
    private static final String CERTIFICATE = "root.der";

    private final SigningKey key;
    private final TrustRoot certificate;

    private SimulatedRoot(SigningKey key, TrustRoot certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** The root in {@code folder}, or a new one there. A half of one is refused, never completed. */
    public static SimulatedRoot openOrCreate(Path folder, SecureRandom random, Instant now)
            throws IOException, Malformed {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.exists(folder.resolve(CERTIFICATE))) {
            return open(folder);
        }
        var created = create(random, now);
        write(folder.resolve(KEY), created.key.exportSecretJwk().canonical());
        write(folder.resolve(CERTIFICATE), created.certificate.der());
        return created;
    }

    private static SimulatedRoot open(Path folder) throws IOException, Malformed {
        var key = SigningKey.importSecretJwk(
                Json.parseCanonical(read(folder.resolve(KEY))).asObject());
        var certificate = TrustRoot.parse(read(folder.resolve(CERTIFICATE)));
        return new SimulatedRoot(key, certificate);
    }

    /** A root that is not kept. */
    public static SimulatedRoot create(SecureRandom random, Instant now) throws Malformed {
        var key = SigningKey.generate(random);
        var from = now.truncatedTo(ChronoUnit.SECONDS);
        var holder = new Issuing.Holder(Tier.ROOT.subject(""), key);
        var validity = new Issuing.Validity(from, Tier.ROOT.end(from));
        var certificate = Issuing.authority(Tier.ROOT, holder, validity, holder, random);
        return new SimulatedRoot(key, TrustRoot.parse(certificate));
    }

    /** What verifiers pin. */
    public TrustRoot certificate() {
        return certificate;
    }

    Authority authority() {
        var holder = new Issuing.Holder(Tier.ROOT.subject(""), key);
        return new Authority(holder, certificate.der(), new Issuing.Validity(Instant.MIN, Instant.MAX));
    }

    private static Bytes read(Path file) throws IOException {
        return Bytes.takeOwnershipOf(Files.readAllBytes(file));
    }

    /** Never readable by others, not even for the moment of writing. */
    private static void write(Path file, Bytes content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, content.toArray());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
