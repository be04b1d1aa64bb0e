package dev.parley.simulator.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The ways out that an enclave must not have. Run inside, it is told a port of the host through the door and reports
 * there; run outside with the port as argument, where they are all open, it shows that each of them is really tried.
 */
public final class Escapes {
    private static final Path DOOR = Path.of("/run/enclave/host.sock");

    private static final long PEEK = 2;

    private final RawCalls calls = new RawCalls();
    private final long pid = ProcessHandle.current().pid();
    private final int port;

    private Escapes(int port) {
        this.port = port;
    }

    /**
     * One try.
     *
     * @param way the way out that it belongs to
     * @param privileged whether only root may do it outside
     */
    record Attempt(String way, String name, boolean privileged, Try attempt) {
        private static Attempt of(String way, String name, Try attempt) {
            return new Attempt(way, name, false, attempt);
        }

        private static Attempt ofRoot(String way, String name, Try attempt) {
            return new Attempt(way, name, true, attempt);
        }

        private boolean succeeds() {
            try {
                return attempt.succeeds();
            } catch (Exception e) {
                return false;
            }
        }
    }

    private interface Try {
        boolean succeeds() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1) {
            new Escapes(Integer.parseInt(arguments[0])).report(System.out);
            return;
        }
        try (var door = SocketChannel.open(UnixDomainSocketAddress.of(DOOR));
                var told = new BufferedReader(Channels.newReader(door, StandardCharsets.UTF_8));
                var out = new PrintStream(Channels.newOutputStream(door), true, StandardCharsets.UTF_8)) {
            new Escapes(Integer.parseInt(told.readLine())).report(out);
        }
    }

    private void report(PrintStream out) {
        for (var each : attempts()) {
            var outcome = each.succeeds() ? "ALLOWED" : "refused";
            out.println(
                    each.way() + "\t" + each.name() + "\t" + (each.privileged() ? "root" : "user") + "\t" + outcome);
        }
        out.println("done");
    }

    private List<Attempt> attempts() {
        return List.of(
                Attempt.of("INET sockets", "socket(AF_INET)", () -> calls.succeeds(41, 2, 1)),
                Attempt.of("INET sockets", "socket(AF_INET6)", () -> calls.succeeds(41, 10, 1)),
                Attempt.of("NETLINK sockets", "socket(AF_NETLINK)", () -> calls.succeeds(41, 16, 3)),
                Attempt.ofRoot("RAW sockets", "socket(AF_INET, SOCK_RAW)", () -> calls.succeeds(41, 2, 3, 1)),
                Attempt.ofRoot("RAW sockets", "socket(AF_PACKET)", () -> calls.succeeds(41, 17, 3, 0x300)),
                Attempt.of("DNS", "ask a name server", this::asksNameServer),
                Attempt.of("host ports", "connect to a port of the host", this::connects),
                Attempt.ofRoot("writing", "a file in /", () -> creates(Path.of("/"))),
                Attempt.of("writing", "a file in /var/tmp", () -> creates(Path.of("/var/tmp"))),
                Attempt.of("writing", "a file in /tmp", () -> creates(Path.of("/tmp"))),
                Attempt.ofRoot("mount", "mount a tmpfs", this::mounts),
                Attempt.of("exec sh", "/bin/sh", Escapes::runsShell),
                Attempt.ofRoot("/proc/1", "read its environment", () -> opens("/proc/1/environ")),
                Attempt.ofRoot("/proc/1", "open its memory", () -> opens("/proc/1/mem")),
                Attempt.of("/dev", "another device", () -> opens("/dev/zero")),
                Attempt.of("/dev", "a file in /dev/shm", () -> creates(Path.of("/dev/shm"))),
                Attempt.of("signals", "kill()", () -> calls.succeeds(62, pid, 0)),
                Attempt.of("environment", "names of variables", Escapes::hasEnvironment),
                Attempt.of("core dumps", "become dumpable", () -> calls.succeeds(157, 4, 1)),
                Attempt.ofRoot(
                        "core dumps", "raise the limit", () -> calls.succeeds(302, 0, 4, RawCalls.numbers(4096, 4096))),
                Attempt.of("ptrace", "read memory as another process would", this::readsItself),
                Attempt.of("ptrace", "ask of a traced process", () -> calls.isHeard(101, PEEK, pid)));
    }

    private boolean connects() throws IOException {
        try (var connection = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return connection.isConnected();
        }
    }

    /** The address of example.test, as a resolver asks for it. */
    private boolean asksNameServer() throws IOException {
        var question = HexFormat.of().parseHex("000701000001000000000000076578616d706c6504746573740000010001");
        try (var socket = DatagramChannel.open()) {
            var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return socket.send(ByteBuffer.wrap(question), server) == question.length;
        }
    }

    private boolean creates(Path folder) throws IOException {
        Files.delete(Files.createFile(folder.resolve("parley-escape-" + pid)));
        return true;
    }

    private boolean mounts() {
        var tmpfs = RawCalls.text("tmpfs");
        return calls.succeeds(165, tmpfs, RawCalls.text("/run"), tmpfs);
    }

    private static boolean runsShell() throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", "exit 0").start().waitFor() == 0;
    }

    private static boolean opens(String file) throws IOException {
        Files.newByteChannel(Path.of(file)).close();
        return true;
    }

    private static boolean hasEnvironment() {
        return !Set.of("PWD").containsAll(System.getenv().keySet());
    }

    private boolean readsItself() {
        var there = RawCalls.numbers(1);
        var here = RawCalls.numbers(0);
        return calls.succeeds(310, pid, RawCalls.numbers(here, 8), 1, RawCalls.numbers(there, 8), 1);
    }
}
