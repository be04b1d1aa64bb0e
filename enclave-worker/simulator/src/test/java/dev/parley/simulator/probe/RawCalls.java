package dev.parley.simulator.probe;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** System calls of x86-64 by number, past every check that Java or libc makes. */
final class RawCalls {
    private final MethodHandle syscall;

    RawCalls() {
        var linker = Linker.nativeLinker();
        syscall = linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }

    /** {@code refused}, or {@code ALLOWED} where the kernel began to do it. */
    String outcome(long number, long first, long second) {
        try {
            return (long) syscall.invokeExact(number, first, second) == -1 ? "refused" : "ALLOWED";
        } catch (Throwable e) {
            return "failed to call";
        }
    }
}
