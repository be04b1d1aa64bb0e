package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Somebody else who builds an image: in another folder, on another file system where there is one (whose folders list
 * their files in another order), with other file times, environment, time zone, locale, umask and, as far as the JVM can
 * be told, memory. Where tests run as root also as another user.
 */
final class OtherUser implements AutoCloseable {
    private static final String NOBODY = "65534";

    private final Path home;

    private OtherUser(Path home) {
        this.home = home;
    }

    static OtherUser arrive() throws IOException {
        var memory = Path.of("/dev/shm");
        var home = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "parley-other-")
                : Files.createTempDirectory("parley-other-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        return new OtherUser(home);
    }

    static boolean isAnother() {
        return "root".equals(System.getProperty("user.name"));
    }

    Path folder() {
        return home.resolve("work");
    }

    /** A copy of a jar with another time. */
    Path copy(Path jar) throws IOException {
        var copy = Files.copy(jar, home.resolve(jar.getFileName().toString()));
        Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        return copy;
    }

    /** Runs the builder's own command in a process of this user. */
    void build(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isAnother()) {
            command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
        }
        command.addAll(List.of("sh", "-c", "umask 027; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-cp", classPath(), BuildImage.class.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "PATH", "/usr/bin:/bin",
                        "TZ", "Asia/Tokyo",
                        "LC_ALL", "de_DE.ISO-8859-1",
                        "JAVA_TOOL_OPTIONS", "-XX:MaxRAM=3g -XX:ActiveProcessorCount=1"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The builder's classes, copied to where this user can read them. */
    private String classPath() throws IOException {
        var joined = new StringJoiner(File.pathSeparator);
        for (var entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                var copy = home.resolve("cp" + joined.length());
                copyTree(Path.of(entry), copy);
                joined.add(copy.toString());
            }
        }
        return joined.toString();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (var path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (var tree = Files.walk(home)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
