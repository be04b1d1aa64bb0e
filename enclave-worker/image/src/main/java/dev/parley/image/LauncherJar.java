package dev.parley.image;

import dev.parley.image.launcher.Launcher;
import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipOutputStream;

/** The launcher's classes, taken from the class path of the builder, as a jar of their own. */
final class LauncherJar {
    private static final List<String> CLASSES = List.of("Kernel", "Launcher", "Syscall", "SyscallFilter", "Trial");

    private LauncherJar() {}

    static Bytes bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new ZipOutputStream(bytes)) {
            for (var name : CLASSES) {
                try (var data = Launcher.class.getResourceAsStream(name + ".class")) {
                    if (data == null) {
                        throw new IllegalStateException("the launcher's classes are part of this jar");
                    }
                    JarContent.store(jar, "dev/parley/image/launcher/" + name + ".class", data.readAllBytes());
                }
            }
        }
        return Bytes.takeOwnershipOf(bytes.toByteArray());
    }
}
