package dev.parley.enclave.scene;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.List;
import java.util.stream.IntStream;

/** Somebody invented, who is in both datasets. */
record Person(Bytes identity, String segment, long cents, String campaign) {
    private static final List<String> SEGMENTS = List.of("families", "students", "seniors");

    static List<Person> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Person(
                        Sha256Digest.of(Bytes.utf8("person " + i)).bytes(),
                        SEGMENTS.get(i % 3),
                        1_000 + i,
                        i % 2 == 0 ? "spring" : "summer"))
                .toList();
    }
}
