package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Hashes {
    private Hashes() {}

    static Bytes hash(String algorithm, Bytes message) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            digest.update(message.asBuffer());
            return Bytes.takeOwnershipOf(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }
}
