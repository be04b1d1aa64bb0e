package dev.parley.image;

import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The few files of glibc and the C++ runtime that the JVM and the query engine are linked against. Each keeps the folder
 * where this machine's loader looks for it, since the image has no loader cache.
 */
final class SystemLibraries {
    private static final List<String> NAMES = List.of(
            "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "librt.so.1", "libstdc++.so.6");

    private final Architecture architecture;

    SystemLibraries(Architecture architecture) {
        this.architecture = architecture;
    }

    Map<String, Ramdisk.Content> files() throws IOException, BuildFailed {
        Map<String, Ramdisk.Content> files = new TreeMap<>();
        var loader = Path.of(loader());
        if (!Files.exists(loader)) {
            throw new BuildFailed("no " + loader + ": the image needs the libraries of a system with glibc");
        }
        files.put(loader().substring(1), content(loader));
        for (var name : NAMES) {
            var found = find(name).orElseThrow(() -> new BuildFailed("no " + name + " in the library folders"));
            files.put(found.toString().substring(1), content(found));
        }
        return files;
    }

    private Optional<Path> find(String name) {
        return folders().stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst();
    }

    private String loader() {
        return switch (architecture) {
            case X86_64 -> "/lib64/ld-linux-x86-64.so.2";
            case AARCH64 -> "/lib/ld-linux-aarch64.so.1";
        };
    }

    private List<String> folders() {
        return switch (architecture) {
            case X86_64 -> List.of("/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib");
            case AARCH64 -> List.of("/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib");
        };
    }

    /** Links are followed: an image has files only. */
    private static Ramdisk.Content content(Path file) throws IOException {
        return new Ramdisk.Content(Bytes.takeOwnershipOf(Files.readAllBytes(file)), true);
    }
}
