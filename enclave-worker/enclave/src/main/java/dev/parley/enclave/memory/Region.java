package dev.parley.enclave.memory;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Some pages, filled from the beginning and never moved. Its user keeps threads apart. */
final class Region implements AutoCloseable {
    private static final long READ_AND_WRITE = 3;
    private static final long SHARED = 1;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final long CLOSE_ON_EXEC = 0x80000;
    private static final long NO_DESCRIPTOR = -1;
    private static final long NOT_IN_DUMPS = 16;

    private final Kernel kernel;
    private final MemorySegment pages;
    private final Protection protection;
    private long used;

    private Region(Kernel kernel, long address, long size, Protection protection) {
        this.kernel = kernel;
        this.pages = MemorySegment.ofAddress(address).reinterpret(size);
        this.protection = protection;
    }

    static Region map(Kernel kernel, long size) throws IOException {
        long secret = secretPages(kernel, size);
        if (secret != -1) {
            return new Region(kernel, secret, size, Protection.SECRET_MAPPING);
        }
        var mapped = kernel.call(SystemCall.MMAP, 0, size, READ_AND_WRITE, PRIVATE_ANONYMOUS, NO_DESCRIPTOR, 0);
        if (mapped.failed()) {
            throw new IOException("no memory for secrets: error " + mapped.error());
        }
        if (kernel.call(SystemCall.MADVISE, mapped.value(), size, NOT_IN_DUMPS).failed()) {
            kernel.call(SystemCall.MUNMAP, mapped.value(), size);
            throw new IOException("memory for secrets cannot be kept out of dumps");
        }
        boolean locked = !kernel.call(SystemCall.MLOCK, mapped.value(), size).failed();
        return new Region(kernel, mapped.value(), size, locked ? Protection.LOCKED : Protection.OUT_OF_DUMPS);
    }

    /** The address of secret pages, or −1 where the kernel has none: too old, switched off, or beyond the limit. */
    private static long secretPages(Kernel kernel, long size) {
        var descriptor = kernel.call(SystemCall.MEMFD_SECRET, CLOSE_ON_EXEC);
        if (descriptor.failed()) {
            return -1;
        }
        try {
            if (kernel.call(SystemCall.FTRUNCATE, descriptor.value(), size).failed()) {
                return -1;
            }
            return kernel.call(SystemCall.MMAP, 0, size, READ_AND_WRITE, SHARED, descriptor.value(), 0)
                    .value();
        } finally {
            // Without the descriptor there is no way to the pages but this mapping.
            kernel.call(SystemCall.CLOSE, descriptor.value());
        }
    }

    Protection protection() {
        return protection;
    }

    boolean fits(int size) {
        return used + size <= pages.byteSize();
    }

    MemorySegment put(byte[] secret) {
        var place = pages.asSlice(used, secret.length);
        MemorySegment.copy(secret, 0, place, ValueLayout.JAVA_BYTE, 0, secret.length);
        used += secret.length;
        return place;
    }

    @Override
    public void close() throws IOException {
        pages.fill((byte) 0);
        var unmapped = kernel.call(SystemCall.MUNMAP, pages.address(), pages.byteSize());
        if (unmapped.failed()) {
            throw new IOException("memory of secrets was not given back: error " + unmapped.error());
        }
    }
}
