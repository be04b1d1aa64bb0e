package dev.parley.image;

import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
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
        run("jlink", link);
        // The same collector as in the enclave: the archive's heap part is laid out for one.
        run("class data archive", List.of(folder.resolve("bin/java").toString(), "-XX:+UseSerialGC", "-Xshare:dump"));
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

    private static void run(String step, List<String> command) throws IOException, BuildFailed {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
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
