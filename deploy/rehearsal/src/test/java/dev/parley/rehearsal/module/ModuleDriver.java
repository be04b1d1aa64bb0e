package dev.parley.rehearsal.module;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.securitymodule.SecurityModule;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** A kernel whose {@code /dev/nsm} is the simulated module: its driver, as far as one ioctl needs one. */
final class ModuleDriver {
    private final SecurityModule module;

    ModuleDriver(SecurityModule module) {
        this.module = module;
    }

    /** Its stub lives as long as {@code arena}. */
    Kernel kernel(Arena arena) throws ReflectiveOperationException {
        var arguments = new MemoryLayout[7];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        var descriptor = FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments);
        var target = MethodHandles.lookup().bind(this, "syscall", descriptor.toMethodType());
        return Kernel.at(Linker.nativeLinker().upcallStub(target, descriptor, arena));
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // of the form of the C function, and called by the stub
    private long syscall(long number, long a, long b, long message, long d, long e, long f) {
        if (number != SystemCall.IOCTL.number()) {
            return 3;
        }
        var vectors = MemorySegment.ofAddress(message).reinterpret(32);
        var request = vector(vectors, 0).toArray(ValueLayout.JAVA_BYTE);
        var response = module.answer(Bytes.takeOwnershipOf(request)).toArray();
        MemorySegment.copy(response, 0, vector(vectors, 16), ValueLayout.JAVA_BYTE, 0, response.length);
        vectors.set(ValueLayout.JAVA_LONG, 24, response.length);
        return 0;
    }

    private static MemorySegment vector(MemorySegment message, long at) {
        return message.get(ValueLayout.ADDRESS, at).reinterpret(message.get(ValueLayout.JAVA_LONG, at + 8));
    }
}
