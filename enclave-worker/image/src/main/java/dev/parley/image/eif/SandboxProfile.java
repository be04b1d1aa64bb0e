package dev.parley.image.eif;

/**
 * The limits under which the program runs; part of the command line and so of PCR0 and PCR1.
 *
 * @param memoryMib how much private writable memory the process may have, in MiB, heap and native together
 * @param cpuSeconds how long its threads may compute, all together, before the kernel ends it
 * @param files how many descriptors it may have open
 * @param threads how many threads it may have
 */
public record SandboxProfile(int memoryMib, int cpuSeconds, int files, int threads) {
    public SandboxProfile {
        if (memoryMib < 128 || memoryMib > 1 << 20) {
            throw new IllegalArgumentException("memory must be from 128 MiB to 1 TiB");
        }
        if (cpuSeconds < 1 || cpuSeconds > 7 * 86_400) {
            throw new IllegalArgumentException("computing time must be from one second to seven days");
        }
        if (files < 32 || files > 1 << 16 || threads < 32 || threads > 1 << 16) {
            throw new IllegalArgumentException("files and threads must be from 32 to 65536");
        }
    }
}
