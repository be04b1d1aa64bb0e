package dev.parley.rehearsal.room;

import dev.parley.local.room.SimulatedNitro;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What runs on a platform, as its machine sees it: the processes below it, by their names and their memory. */
final class Enclaves {
    private static final Frames FRAMES = new Frames(1 << 16);

    private final SimulatedNitro nitro;

    Enclaves(SimulatedNitro nitro) {
        this.nitro = nitro;
    }

    List<ProcessHandle> processes() {
        return ProcessHandle.of(nitro.process().pid())
                .orElseThrow()
                .descendants()
                .toList();
    }

    /** Whether within this time nothing is left of any enclave: no process, and the platform knows of none. */
    boolean allGone(Duration limit) throws Exception {
        var deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (processes().isEmpty() && known() == 0) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** Waits until there is one. */
    boolean any(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (!processes().isEmpty()) {
                return true;
            }
            Thread.sleep(5);
        }
        return false;
    }

    /** How many the platform itself lists. */
    private int known() throws Exception {
        try (var control = control()) {
            ask(control, Json.object().put("request", "describe"));
            return reply(control).objects("enclaves", Enclaves::id).size();
        }
    }

    private static String id(Fields enclave) throws Malformed {
        enclave.string("state");
        enclave.bool("debug");
        return enclave.string("enclaveId");
    }

    /** A connection as a host makes it. */
    SocketChannel control() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(nitro.socket()));
    }

    static void ask(SocketChannel control, Json.Builder request) throws IOException {
        FRAMES.write(
                Channels.newOutputStream(control),
                request.put("parley", "platform/1").build().canonical());
    }

    static Fields reply(SocketChannel control) throws Exception {
        var frame = FRAMES.read(new DataInputStream(Channels.newInputStream(control)));
        return Json.parseCanonical(frame.orElse(Bytes.empty())).asObject().fields();
    }

    /** Of the largest process below the platform, which is an enclave's program, in MiB. */
    long residentMebibytes() {
        return processes().stream()
                        .mapToLong(process -> kibibytes(Path.of("/proc", Long.toString(process.pid()), "status")))
                        .max()
                        .orElse(0)
                >> 10;
    }

    private static long kibibytes(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
