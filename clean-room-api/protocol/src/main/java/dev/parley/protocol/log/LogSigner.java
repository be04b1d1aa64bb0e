package dev.parley.protocol.log;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/** The secret half of a {@link LogKey}. */
public final class LogSigner {
    private final LogKey key;
    private final PrivateKey secret;

    private LogSigner(LogKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    public static LogSigner generate(String origin, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            return new LogSigner(LogKey.of(origin, pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is part of every JDK", e);
        }
    }

    /** Takes up a signer again from what {@link #exportSecret()} gave and its public key. */
    public static LogSigner importSecret(LogKey key, byte[] secret) throws Malformed {
        try {
            var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret);
            var signer = new LogSigner(key, KeyFactory.getInstance("Ed25519").generatePrivate(spec));
            var probe = Bytes.utf8("parley log key probe");
            if (!key.verifies(probe, signer.sign(probe))) {
                throw new Malformed("the log's secret and public key do not belong together");
            }
            return signer;
        } catch (GeneralSecurityException e) {
            throw new Malformed("not an Ed25519 secret", e);
        }
    }

    /** The 32-byte seed of RFC 8032; the caller zeroes it. */
    public byte[] exportSecret() {
        return ((EdECPrivateKey) secret).getBytes().orElseThrow();
    }

    public LogKey key() {
        return key;
    }

    Bytes sign(Bytes message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message.asBuffer());
            return Bytes.takeOwnershipOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with Ed25519 failed", e);
        }
    }

    @Override
    public String toString() {
        return "LogSigner[" + key.origin() + "]";
    }
}
