package dev.parley.enclave.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Makes system calls and tells what became of them. Addresses are the caller's to keep alive. Thread-safe. */
public final class Kernel {
    /** The number of the error that says that a signal came in between. */
    public static final int EINTR = 4;

    private static final int ARGUMENTS = 6;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle syscall;

    private Kernel(MemorySegment function) {
        var arguments = new MemoryLayout[ARGUMENTS + 1];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        syscall = Linker.nativeLinker()
                .downcallHandle(
                        function,
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments),
                        Linker.Option.firstVariadicArg(1),
                        Linker.Option.captureCallState("errno"));
    }

    /** Of the machine that this runs on. */
    public static Kernel ofThisMachine() {
        return new Kernel(Linker.nativeLinker()
                .defaultLookup()
                .find("syscall")
                .orElseThrow(() -> new UnsupportedOperationException("libc has no syscall function")));
    }

    /** One that answers at another address, as C's {@code long syscall(long, ...)}. */
    public static Kernel at(MemorySegment function) {
        return new Kernel(function);
    }

    /**
     * What a call gave back.
     *
     * @param error the number of the error, or 0
     */
    public record Answer(long value, int error) {
        public boolean failed() {
            return error != 0;
        }
    }

    /** At most six arguments; those left out are 0. */
    public Answer call(SystemCall call, long... arguments) {
        var all = Arrays.copyOf(arguments, ARGUMENTS);
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            long value =
                    (long) syscall.invokeExact(state, call.number(), all[0], all[1], all[2], all[3], all[4], all[5]);
            return new Answer(value, value == -1 ? (int) ERRNO.get(state, 0L) : 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }
}
