package dev.parley.enclave.engine;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Identities of invented people: the digests of their names, as in a sealed dataset. */
final class People {
    private static final Map<String, long[]> WORDS = new ConcurrentHashMap<>();

    private People() {}

    static long[] words(String name) {
        return WORDS.computeIfAbsent(name, n -> {
            var digest = Sha256Digest.of(Bytes.utf8(n)).bytes().asBuffer();
            return new long[] {digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()};
        });
    }
}
