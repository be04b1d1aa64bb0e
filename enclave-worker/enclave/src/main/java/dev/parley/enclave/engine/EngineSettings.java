package dev.parley.enclave.engine;

/** What the engine may use of the enclave; part of the measured configuration. */
public record EngineSettings(int threads, long memoryBytes) {
    static final long LEAST_MEMORY = 64L << 20;

    public EngineSettings {
        if (threads < 1 || threads > 64 || memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("1 to 64 threads and 64 MiB at least");
        }
    }
}
