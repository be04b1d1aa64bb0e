package dev.parley.image.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Started in the place of the program before any enclave is: prints what the kernel says of this process and what it
 * could do, one {@code name=value} a line, and waits to be looked at from outside until its input ends. Has no secret.
 */
public final class Trial {
    /** The last line. */
    public static final String END = "tried=all";

    private Trial() {}

    public static void main(String[] arguments) throws Throwable {
        var out = System.out;
        copy(out, "/proc/thread-self/status", ":\t");
        copy(out, "/proc/self/limits", "  ");
        for (var kind : List.of("user", "pid", "net", "mnt", "ipc", "uts")) {
            out.println("namespace " + kind + "=" + Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)));
        }
        out.println("owner=" + Files.getAttribute(Path.of("/proc/self/mem"), "unix:uid"));
        try (var folders = Files.list(Path.of("/"))) {
            for (var folder : folders.sorted().toList()) {
                out.println("shown " + folder + "=" + (writable(folder) ? "writable" : "read-only"));
            }
        }
        out.println("shown /=" + (writable(Path.of("/")) ? "writable" : "read-only"));
        var kernel = new Kernel(System.getProperty("os.arch", ""));
        out.println("network=" + (kernel.opensNetwork() ? "allowed" : "refused"));
        out.println("process control=" + (kernel.controlsItself() ? "allowed" : "refused"));
        out.println("secret memory=" + (kernel.givesSecretMemory() ? "given" : "none"));
        out.println(END);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static void copy(PrintStream out, String file, String separator) throws IOException {
        for (var line : Files.readAllLines(Path.of(file))) {
            var end = line.indexOf(separator);
            if (end > 0) {
                out.println(line.substring(0, end) + "="
                        + line.substring(end + separator.length()).strip());
            }
        }
    }

    private static boolean writable(Path folder) {
        try {
            Files.delete(Files.createFile(folder.resolve("trial")));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
