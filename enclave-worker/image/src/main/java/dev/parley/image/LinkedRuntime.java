package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A runtime of few modules, linked from a JDK, with a class data archive so that it starts quickly. */
final class LinkedRuntime {
    /** What starts programs, debugs or describes is left behind; licences stand in the repository. */
    private static final List<String> LEFT_OUT = List.of(
            "legal/", "conf/sdp/", "lib/classlist", "lib/jexec", "lib/jspawnhelper", "lib/jrt-fs.jar", "bin/keytool");

    /**
     * The same collector as in the enclave, since the archive's heap part is laid out for one; and a heap of one size,
     * which the archive writes down and which would otherwise follow the memory of the build machine.
     */
    private static final List<String> DUMP = List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-Xshare:dump");

    private final Path jdk;

    LinkedRuntime(Path jdk) {
        this.jdk = jdk;
    }

    String version() throws IOException, BuildFailed {
        for (var line : Files.readAllLines(jdk.resolve("release"))) {
            if (line.startsWith("JAVA_RUNTIME_VERSION=")) {
                return line.substring(line.indexOf('=') + 1).replace("\"", "");
            }
        }
        throw new BuildFailed("the JDK does not state its version: use one with a `release` file");
    }

    /** Links into {@code folder}, which must not exist, and returns the files below {@code runtime/}. */
    Map<String, Ramdisk.Content> link(List<String> modules, Path folder) throws IOException, BuildFailed {
        var link = new ArrayList<>(List.of(jdk.resolve("bin/jlink").toString(), "--add-modules"));
        link.add(String.join(",", modules));
        link.addAll(List.of("--strip-debug", "--no-header-files", "--no-man-pages", "--vm", "server"));
        link.addAll(List.of("--output", folder.toString()));
        run("jlink", requireNonNull(folder.getParent()), link);
        var dump = new ArrayList<>(List.of(folder.resolve("bin/java").toString()));
        dump.addAll(DUMP);
        run("class data archive", folder, dump);
        return files(folder, path -> LEFT_OUT.stream().noneMatch(path::startsWith));
    }

    static Map<String, Ramdisk.Content> files(Path folder, Predicate<String> wanted) throws IOException {
        Map<String, Ramdisk.Content> files = new TreeMap<>();
        try (var tree = Files.walk(folder)) {
            for (var file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                var path = folder.relativize(file).toString();
                if (wanted.test(path)) {
                    var data = Bytes.takeOwnershipOf(Files.readAllBytes(file));
                    files.put("runtime/" + path, new Ramdisk.Content(data, path.startsWith("bin/")));
                }
            }
        }
        return files;
    }

    /** In a folder and an environment that are the same for everybody: the archive tells of both. */
    private static void run(String step, Path folder, List<String> command) throws IOException, BuildFailed {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new BuildFailed(step + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BuildFailed(step + " was interrupted");
        }
    }
}
