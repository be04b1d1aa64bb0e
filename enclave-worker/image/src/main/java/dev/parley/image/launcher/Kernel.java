package dev.parley.image.launcher;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The system calls that the launcher makes itself, through libc's {@code syscall}. */
final class Kernel {
    private static final int GET_DUMPABLE = 3;
    private static final int SET_DUMPABLE = 4;
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final long SET_FILTER = 1;
    private static final long FOR_ALL_THREADS = 1;

    private final MethodHandle syscall;
    private final boolean arm;

    Kernel(String osArch) {
        arm = SyscallFilter.isArm(osArch);
        var linker = Linker.nativeLinker();
        var number = new MemoryLayout[6];
        java.util.Arrays.fill(number, ValueLayout.JAVA_LONG);
        syscall = linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, number),
                Linker.Option.firstVariadicArg(1));
    }

    /** No core dump, no debugger of the same user, and /proc of this process belongs to root. */
    boolean makeUnreadable() throws Throwable {
        return prctl(SET_DUMPABLE, 0);
    }

    boolean giveUpPrivileges() throws Throwable {
        return prctl(SET_NO_NEW_PRIVILEGES, 1);
    }

    /** On every thread of this process, which the JVM has many of before the first line of Java. */
    boolean install(byte[] filter) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var instructions = arena.allocateFrom(ValueLayout.JAVA_BYTE, filter);
            var program = arena.allocate(16, 8);
            program.set(ValueLayout.JAVA_SHORT, 0, (short) (filter.length / 8));
            program.set(ValueLayout.ADDRESS, 8, instructions);
            return call(arm ? 277 : 317, SET_FILTER, FOR_ALL_THREADS, program.address(), 0) == 0;
        }
    }

    /** Whether a socket of AF_INET can be made, which both filters refuse. */
    boolean opensNetwork() throws Throwable {
        return call(arm ? 198 : 41, 2, 1, 0, 0) >= 0;
    }

    /** Whether {@code prctl} answers a harmless question, which the inner filter alone refuses. */
    boolean controlsItself() throws Throwable {
        return call(arm ? 167 : 157, GET_DUMPABLE, 0, 0, 0) >= 0;
    }

    boolean givesSecretMemory() throws Throwable {
        return call(Syscall.MEMFD_SECRET.number(arm), 0, 0, 0, 0) >= 0;
    }

    private boolean prctl(long option, long value) throws Throwable {
        return call(arm ? 167 : 157, option, value, 0, 0) == 0;
    }

    private long call(long number, long a, long b, long c, long d) throws Throwable {
        return (long) syscall.invokeExact(number, a, b, c, d, 0L);
    }
}
