package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.image.Measurements.Input;
import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.crypto.Sha384Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is the same in every image that one machine builds: runtime, launcher, libraries. Linking it takes nearly all of
 * a build's time.
 *
 * @param files by their path in the image
 * @param libraries those of them that the machine's system gave
 * @param jdk the full version of the JDK
 */
public record Bootstrap(SortedMap<String, Ramdisk.Content> files, List<Input> libraries, String jdk) {
    public Bootstrap {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        libraries = List.copyOf(libraries);
        requireNonNull(jdk);
    }

    /** Links in a folder of its own below {@code scratch}, which stays as it was. */
    public static Bootstrap link(Architecture architecture, Path jdk, Path scratch) throws IOException, BuildFailed {
        var runtime = new LinkedRuntime(jdk);
        var libraries = new SystemLibraries(architecture).files();
        SortedMap<String, Ramdisk.Content> files = new TreeMap<>(libraries);
        var work = Files.createTempDirectory(scratch, "image-");
        try {
            files.putAll(runtime.link(ImageRecipe.MODULES, work.resolve("runtime")));
        } finally {
            delete(work);
        }
        files.put(ImageRecipe.LAUNCHER_JAR, new Ramdisk.Content(LauncherJar.bytes(), false));
        return new Bootstrap(files, inputs(libraries), runtime.version());
    }

    static List<Input> inputs(Map<String, Ramdisk.Content> files) {
        return files.entrySet().stream()
                .map(file ->
                        new Input(file.getKey(), Sha384Digest.of(file.getValue().data())))
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
