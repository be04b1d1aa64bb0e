package dev.parley.enclave.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The error number of this thread, as C functions leave it behind. */
public final class Errno {
    private static final MethodHandle LOCATION = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker()
                            .defaultLookup()
                            .find("__errno_location")
                            .orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.ADDRESS.withTargetLayout(ValueLayout.JAVA_INT)));

    private Errno() {}

    /** Sets it, and gives what a failed function gives. */
    public static long failed(int error) {
        try {
            ((MemorySegment) LOCATION.invokeExact()).set(ValueLayout.JAVA_INT, 0, error);
            return -1;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
