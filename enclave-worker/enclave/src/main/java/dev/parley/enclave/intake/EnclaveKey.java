package dev.parley.enclave.intake;

import dev.parley.enclave.memory.SecretMemory;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.release.ReleaseSecrets;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key that this run's evidence names and its releases are sealed to. Its secret half rests in secret memory, and is
 * a key of the JDK only while one is made or used; what such a key leaves on the heap, nobody can zero ({@code
 * SECURITY.md}).
 */
final class EnclaveKey implements AutoCloseable {
    private final SealingKey sealingKey;
    private final SecretMemory.Secret secret;

    private EnclaveKey(SealingKey sealingKey, SecretMemory.Secret secret) {
        this.sealingKey = sealingKey;
        this.secret = secret;
    }

    static EnclaveKey generate(SecureRandom random, SecretMemory memory) throws IOException {
        var key = OpeningKey.generate(random);
        return new EnclaveKey(key.sealingKey(), memory.keep(key.exportSecret()));
    }

    SealingKey sealingKey() {
        return sealingKey;
    }

    /** What a broker sealed to this key; the caller closes it. */
    ReleaseSecrets open(Release release, Grants grants) throws Malformed {
        var bytes = secret.exportSecret();
        try {
            return release.open(OpeningKey.importSecret(bytes, sealingKey), grants);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        secret.close();
    }
}
