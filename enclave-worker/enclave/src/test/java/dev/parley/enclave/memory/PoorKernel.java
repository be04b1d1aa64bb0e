package dev.parley.enclave.memory;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** This machine's kernel without some of its calls, as an older or a stricter one is. */
public final class PoorKernel {
    private final Kernel real = Kernel.ofThisMachine();
    private final Set<SystemCall> missing;

    private PoorKernel(Set<SystemCall> missing) {
        this.missing = missing;
    }

    /** Lives as long as the process. */
    public static Kernel without(SystemCall first, SystemCall... more) throws ReflectiveOperationException {
        var arguments = new MemoryLayout[7];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        var descriptor = FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments);
        var poor = new PoorKernel(EnumSet.of(first, more));
        var target = MethodHandles.lookup().bind(poor, "syscall", descriptor.toMethodType());
        return Kernel.at(Linker.nativeLinker().upcallStub(target, descriptor, Arena.global()));
    }

    @SuppressWarnings("UnusedMethod") // called by the stub
    private long syscall(long number, long a, long b, long c, long d, long e, long f) {
        Optional<SystemCall> call = Arrays.stream(SystemCall.values())
                .filter(known -> known.number() == number)
                .findFirst();
        if (call.isEmpty() || missing.contains(call.get())) {
            return Errno.failed(38);
        }
        var answer = real.call(call.get(), a, b, c, d, e, f);
        return answer.failed() ? Errno.failed(answer.error()) : answer.value();
    }
}
