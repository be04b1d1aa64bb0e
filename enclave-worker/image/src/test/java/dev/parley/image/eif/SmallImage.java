package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Map;

/** An image of a few hundred bytes. */
public final class SmallImage {
    static final BootScript BOOT = new BootScript(
            "/runtime/bin/java", "dev.parley.Launcher", "dev.parley.Main", List.of("/app/a.jar", "/app/b.jar"));
    static final CommandLine COMMAND =
            new CommandLine(new SandboxProfile(512, 60, 64, 64), List.of("-Xmx64m", "-Da=b"));

    private SmallImage() {}

    public static EnclaveImage image() {
        return imageWith("second");
    }

    /** With another program in its second ramdisk. */
    public static EnclaveImage imageWith(String program) {
        return new ImageBuilder(
                        Architecture.X86_64,
                        BOOT,
                        COMMAND,
                        Json.object().put("ImageName", "small").build())
                .ramdisk(ramdisk("lib/c.so", "first").archive())
                .ramdisk(ramdisk("app/a.jar", program).archive())
                .build();
    }

    static Ramdisk ramdisk(String path, String text) {
        return Ramdisk.of(Map.of(path, new Ramdisk.Content(Bytes.utf8(text), false)));
    }
}
