package dev.parley.enclave.memory;

import dev.parley.enclave.kernel.Kernel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The place of all secrets of one run, in a few pages, as locked memory is scarce. What is kept here is zeroed when it
 * is closed, one by one or all together. Thread-safe.
 */
public final class SecretMemory implements AutoCloseable {
    private static final int REGION_SIZE = 16 << 10;

    private final Kernel kernel;
    private final List<Region> regions = new ArrayList<>();
    private boolean closed;

    private SecretMemory(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The strongest protection that this kernel gives to this process. */
    public static SecretMemory open(Kernel kernel) throws IOException {
        var memory = new SecretMemory(kernel);
        memory.regions.add(Region.map(kernel, REGION_SIZE));
        return memory;
    }

    /** The weakest that anything kept here has. */
    public synchronized Protection protection() {
        return regions.stream()
                .map(Region::protection)
                .max(Protection::compareTo)
                .orElseThrow();
    }

    /** Moves a secret here: the array is zeroed. */
    public synchronized Secret keep(byte[] secret) throws IOException {
        requireOpen();
        if (secret.length == 0 || secret.length > REGION_SIZE) {
            throw new IllegalArgumentException("a secret has 1 to " + REGION_SIZE + " bytes");
        }
        if (!regions.getLast().fits(secret.length)) {
            regions.add(Region.map(kernel, REGION_SIZE));
        }
        var kept = new Secret(regions.getLast().put(secret));
        Arrays.fill(secret, (byte) 0);
        return kept;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("secret memory is closed");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (var region : regions) {
            region.close();
        }
    }

    /** A secret at rest. */
    public final class Secret implements AutoCloseable {
        private final MemorySegment place;
        private boolean forgotten;

        private Secret(MemorySegment place) {
            this.place = place;
        }

        /** A copy on the heap for the moment of use, the caller's to zero. */
        public byte[] exportSecret() {
            synchronized (SecretMemory.this) {
                requireOpen();
                if (forgotten) {
                    throw new IllegalStateException("secret is closed");
                }
                return place.toArray(ValueLayout.JAVA_BYTE);
            }
        }

        @Override
        public void close() {
            synchronized (SecretMemory.this) {
                if (!closed && !forgotten) {
                    place.fill((byte) 0);
                }
                forgotten = true;
            }
        }

        @Override
        public String toString() {
            return "Secret[redacted]";
        }
    }
}
