package dev.parley.enclave.kernel;

/** The calls in use, with their numbers on x86-64 and on arm64. The launcher's filter allows each of them. */
public enum SystemCall {
    CLOSE(3, 57),
    MMAP(9, 222),
    MUNMAP(11, 215),
    IOCTL(16, 29),
    MADVISE(28, 233),
    FTRUNCATE(77, 46),
    MLOCK(149, 228),
    OPENAT(257, 56),
    MEMFD_SECRET(447, 447);

    private final int onX86;
    private final int onArm;

    SystemCall(int onX86, int onArm) {
        this.onX86 = onX86;
        this.onArm = onArm;
    }

    /** The number on this processor. */
    public long number() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> onX86;
            case "aarch64", "arm64" -> onArm;
            default -> throw new UnsupportedOperationException("no system call table for this processor");
        };
    }
}
