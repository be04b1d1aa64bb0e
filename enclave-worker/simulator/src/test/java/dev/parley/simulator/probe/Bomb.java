package dev.parley.simulator.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes as much as it gets of what the door names, and says how much that was where it is told no. */
public final class Bomb {
    private static final Path DOOR = Path.of("/run/enclave/host.sock");
    private static final int MIB = 1 << 20;
    private static final int PRIVATE = 0x22;
    private static final int SHARED = 0x21;

    private Bomb() {}

    public static void main(String[] arguments) throws Exception {
        try (var door = SocketChannel.open(UnixDomainSocketAddress.of(DOOR));
                var told = new BufferedReader(Channels.newReader(door, StandardCharsets.UTF_8))) {
            var taken = switch (told.readLine()) {
                case "what it is told no to" ->
                    "processes=" + processes() + "\nthreads=" + threads() + "\nMiB=" + memory(PRIVATE);
                case "shared memory" -> "MiB=" + memory(SHARED);
                default -> "sum=" + computing();
            };
            door.write(ByteBuffer.wrap((taken + "\ndone\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** In MiB, every page of it touched. */
    private static long memory(int kind) {
        var calls = new RawCalls();
        for (long taken = 0; taken < 1 << 14; taken += 16) {
            var address = calls.call(9, 0, 16 * MIB, 3, kind, -1);
            if (address == -1) {
                return taken;
            }
            var memory = MemorySegment.ofAddress(address).reinterpret(16 * MIB);
            for (long page = 0; page < memory.byteSize(); page += 4096) {
                memory.set(ValueLayout.JAVA_BYTE, page, (byte) 1);
            }
        }
        return Long.MAX_VALUE;
    }

    private static long threads() {
        List<Thread> threads = new ArrayList<>();
        try {
            while (threads.size() < 10_000) {
                threads.add(Thread.ofPlatform().daemon().start(() -> sleep(Duration.ofMinutes(1))));
            }
        } catch (OutOfMemoryError e) {
            // What the JVM says where the kernel gives no more threads.
            return threads.size();
        }
        return threads.size();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long processes() {
        try {
            new ProcessBuilder("/runtime/bin/java", "-version").start();
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long computing() {
        long sum = 0;
        for (var start = System.nanoTime();
                System.nanoTime() - start < Duration.ofMinutes(2).toNanos(); ) {
            sum += System.nanoTime();
        }
        return sum;
    }
}
