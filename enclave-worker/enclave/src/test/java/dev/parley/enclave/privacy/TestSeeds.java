package dev.parley.enclave.privacy;

import java.util.List;
import java.util.function.Supplier;

/** Seeds that nobody needs to keep secret. */
public final class TestSeeds {
    private TestSeeds() {}

    public static Seeds of(List<byte[]> seeds) {
        return Seeds.of(
                seeds.stream().<Supplier<byte[]>>map(seed -> seed::clone).toList());
    }
}
