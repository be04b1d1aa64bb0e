package dev.parley.simulator.probe;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Tries to break out and writes one line {@code what=outcome} for each try, {@code done} at the end; then waits. */
public final class Probe {
    private final List<String> report = new ArrayList<>();

    private Probe() {}

    /** Runs inside the enclave. */
    public static void main(String[] arguments) throws Exception {
        var probe = new Probe();
        var door = SocketChannel.open(UnixDomainSocketAddress.of("/run/enclave/host.sock"));
        probe.tryAll();
        probe.readRegister(0);
        probe.readRegister(3);
        probe.report.add("done\n");
        door.write(ByteBuffer.wrap(String.join("\n", probe.report).getBytes(StandardCharsets.UTF_8)));
        var end = ByteBuffer.allocate(1);
        while (door.read(end) > 0) {
            end.clear();
        }
    }

    private void tryAll() throws IOException {
        var calls = new RawCalls();
        report.add("inet=" + calls.outcome(41, 2, 1));
        report.add("inet6=" + calls.outcome(41, 10, 1));
        report.add("netlink=" + calls.outcome(41, 16, 3));
        report.add("vsock=" + calls.outcome(41, 40, 1));
        report.add("unix=" + (calls.outcome(41, 1, 1).equals("refused") ? "refused" : "allowed"));
        report.add("fork=" + calls.outcome(57, 0, 0));
        report.add("clone-process=" + calls.outcome(56, 17, 0));
        report.add("user-namespace=" + calls.outcome(272, 0x10000000, 0));
        report.add("mount=" + calls.outcome(165, 0, 0));
        report.add("ptrace=" + calls.outcome(101, 0, 0));
        report.add("bpf=" + calls.outcome(321, 0, 0));
        report.add("io-uring=" + calls.outcome(425, 8, 0));
        report.add("dumpable-again=" + calls.outcome(157, 4, 1));
        report.add("kill=" + calls.outcome(62, 1, 0));
        report.add("listen=" + calls.outcome(50, 0, 1));
        for (var folder : List.of("/", "/tmp", "/dev", "/dev/shm", "/run/enclave", "/runtime", "/app", "/proc")) {
            attempt("write " + folder, () -> Files.writeString(Path.of(folder, "x"), "x"));
        }
        attempt("shell", () -> new ProcessBuilder("/bin/sh", "-c", "true").start());
        attempt("java", () -> new ProcessBuilder("/runtime/bin/java", "-version").start());
        attempt("environ", () -> Files.readAllBytes(Path.of("/proc/1/environ")));
        attempt("memory", () -> Files.newByteChannel(Path.of("/proc/1/mem")).close());
        attempt("kernel log", () -> Files.newByteChannel(Path.of("/dev/kmsg")).close());
        attempt("passwords", () -> Files.readAllBytes(Path.of("/etc/passwd")));
        report.add("root=" + names("/", ""));
        report.add("dev=" + names("/dev", ""));
        report.add("door=" + names("/run/enclave", ""));
        report.add("processes=" + names("/proc", "[0-9]+"));
        report.add("environment=" + System.getenv().keySet());
        for (var line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
            if (line.startsWith("Cap") || line.startsWith("NoNewPrivs") || line.startsWith("Seccomp:")) {
                report.add(line.replace(":\t", "="));
            }
        }
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max core") || line.startsWith("Max data"))
                .forEach(line -> report.add(line.substring(0, 25).strip() + "="
                        + line.substring(25, 46).strip()));
    }

    /** Asks the security module for a register, in the bytes of its API. */
    private void readRegister(int index) throws IOException {
        if (!Files.exists(Path.of("/run/enclave/nsm.sock"))) {
            return;
        }
        try (var module = SocketChannel.open(UnixDomainSocketAddress.of("/run/enclave/nsm.sock"))) {
            module.write(ByteBuffer.wrap(
                    HexFormat.of().parseHex("00000015a16b4465736372696265504352a165696e6465780" + index)));
            var answer = ByteBuffer.allocate(256);
            while (answer.position() < 4 || answer.position() < 4 + answer.getInt(0)) {
                module.read(answer);
            }
            var hex = HexFormat.of().formatHex(answer.array(), 0, answer.position());
            report.add("pcr" + index + "=" + hex.substring(hex.length() - 96));
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
            report.add(what + "=ALLOWED");
        } catch (Exception e) {
            report.add(what + "=refused");
        }
    }

    private static String names(String folder, String pattern) throws IOException {
        if (!Files.isReadable(Path.of(folder))) {
            return "hidden";
        }
        try (var files = Files.list(Path.of(folder))) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> pattern.isEmpty() || name.matches(pattern))
                    .sorted()
                    .toList()
                    .toString();
        }
    }
}
