package dev.parley.enclave.securitymodule;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import dev.parley.enclave.memory.Errno;
import dev.parley.protocol.encoding.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The kernel's side of {@code /dev/nsm}, as its driver in Linux behaves, behind a C function of the form of
 * {@code syscall}: reads the two iovecs from raw memory, copies the request out and the response in, and writes the
 * response's length back.
 */
final class FakeDriver implements AutoCloseable {
    static final int DESCRIPTOR = 77;
    static final int EMSGSIZE = 90;

    private static final int ENOENT = 2;
    private static final int ENODEV = 19;
    private static final int MAX_REQUEST = 0x1000;

    private final Arena arena = Arena.ofShared();
    private final ScriptedModule module;
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private long overstatedBy;

    FakeDriver(ScriptedModule module) {
        this.module = module;
    }

    /** Lets the next requests fail, each with an error, before any is carried. */
    FakeDriver failing(Integer... errors) {
        failures.addAll(List.of(errors));
        return this;
    }

    /** Says that it filled more than it did. */
    FakeDriver overstating(long by) {
        overstatedBy = by;
        return this;
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    Kernel kernel() throws ReflectiveOperationException {
        var arguments = new MemoryLayout[7];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        var target = MethodHandles.lookup()
                .bind(
                        this,
                        "syscall",
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments).toMethodType());
        return Kernel.at(Linker.nativeLinker()
                .upcallStub(target, FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments), arena));
    }

    @SuppressWarnings("UnusedVariable") // the last three are there for the form of the C function
    long syscall(long number, long a, long b, long c, long d, long e, long f) {
        if (number == SystemCall.OPENAT.number()) {
            var path = MemorySegment.ofAddress(b).reinterpret(256).getString(0);
            calls.add("open " + path + " " + Long.toHexString(c));
            return path.equals("/dev/nsm") ? DESCRIPTOR : Errno.failed(ENOENT);
        }
        if (number == SystemCall.CLOSE.number()) {
            calls.add("close " + a);
            return 0;
        }
        calls.add("ioctl " + a + " " + Long.toHexString(b));
        var failure = failures.poll();
        return failure == null ? exchange(MemorySegment.ofAddress(c).reinterpret(32)) : Errno.failed(failure);
    }

    private long exchange(MemorySegment message) {
        var request = vector(message, 0);
        var response = vector(message, 16);
        if (request.byteSize() > MAX_REQUEST) {
            return Errno.failed(EMSGSIZE);
        }
        var answer = module.answer(Bytes.takeOwnershipOf(request.toArray(ValueLayout.JAVA_BYTE)));
        if (answer.isEmpty()) {
            return Errno.failed(ENODEV);
        }
        var bytes = answer.get().toArray();
        if (bytes.length > response.byteSize()) {
            return Errno.failed(EMSGSIZE);
        }
        MemorySegment.copy(bytes, 0, response, ValueLayout.JAVA_BYTE, 0, bytes.length);
        message.set(ValueLayout.JAVA_LONG, 24, bytes.length + overstatedBy);
        return 0;
    }

    private static MemorySegment vector(MemorySegment message, long at) {
        return message.get(ValueLayout.ADDRESS, at).reinterpret(message.get(ValueLayout.JAVA_LONG, at + 8));
    }

    @Override
    public void close() {
        arena.close();
    }
}
