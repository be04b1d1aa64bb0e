package dev.parley.simulator.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Tries from outside to get at another process: {@code Attacker PID ADDRESS}, the address of eight readable bytes. */
public final class Attacker {
    private static final long ATTACH = 16;
    private static final long DETACH = 17;

    private Attacker() {}

    public static void main(String[] arguments) {
        var pid = Long.parseLong(arguments[0]);
        var address = Long.parseUnsignedLong(arguments[1], 16);
        var calls = new RawCalls();
        System.out.println("mem=" + (opens(pid, address) ? "ALLOWED" : "refused"));
        var here = RawCalls.numbers(RawCalls.numbers(0), 8);
        System.out.println("process_vm_readv=" + calls.outcome(310, pid, here, 1, RawCalls.numbers(address, 8), 1));
        System.out.println("ptrace=" + calls.outcome(101, ATTACH, pid));
        calls.call(101, DETACH, pid);
    }

    private static boolean opens(long pid, long address) {
        try (var memory = FileChannel.open(Path.of("/proc/" + pid + "/mem"))) {
            return memory.read(ByteBuffer.allocate(8), address) == 8;
        } catch (IOException e) {
            return false;
        }
    }
}
