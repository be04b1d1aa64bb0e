package dev.parley.simulator.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** System calls of x86-64 by number, past every check that Java or libc makes. */
final class RawCalls {
    private static final int ARGUMENTS = 6;
    private static final String ERRNO = "errno";
    private static final int EPERM = 1;

    private final MethodHandle syscall;
    private final MemorySegment state = Arena.global().allocate(Linker.Option.captureStateLayout());

    RawCalls() {
        var linker = Linker.nativeLinker();
        var numbers = new MemoryLayout[ARGUMENTS + 1];
        Arrays.fill(numbers, ValueLayout.JAVA_LONG);
        syscall = linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, numbers),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState(ERRNO));
    }

    /** {@code refused}, or {@code ALLOWED} where the kernel began to do it. */
    String outcome(long number, long... arguments) {
        return succeeds(number, arguments) ? "ALLOWED" : "refused";
    }

    boolean succeeds(long number, long... arguments) {
        return call(number, arguments) != -1;
    }

    /** Whether the kernel looked at the call at all, whatever it then answered. */
    boolean isHeard(long number, long... arguments) {
        return call(number, arguments) != -1 || state.get(ValueLayout.JAVA_INT, errno()) != EPERM;
    }

    private static long errno() {
        return Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement(ERRNO));
    }

    /** What libc's {@code syscall} gives: minus one where the kernel refused. */
    long call(long number, long... arguments) {
        var all = Arrays.copyOf(arguments, ARGUMENTS);
        try {
            return (long) syscall.invokeExact(state, number, all[0], all[1], all[2], all[3], all[4], all[5]);
        } catch (Throwable e) {
            throw new IllegalStateException("no system call could be made", e);
        }
    }

    /** Memory of the process's life. */
    static long text(String text) {
        return Arena.global().allocateFrom(text).address();
    }

    static long numbers(long... values) {
        return Arena.global().allocateFrom(ValueLayout.JAVA_LONG, values).address();
    }
}
