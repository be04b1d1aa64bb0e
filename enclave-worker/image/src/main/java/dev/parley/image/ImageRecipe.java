package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.image.launcher.Launcher;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an image is made of.
 *
 * @param architecture must be that of the machine that builds
 * @param jdk the JDK whose modules are linked
 * @param mainClass the program, found in one of {@code jars}
 * @param jars the whole class path; no two may have the same file name
 * @param billOfMaterials of the module whose class path this is; changes nothing of the image
 */
public record ImageRecipe(
        Architecture architecture,
        Path jdk,
        String mainClass,
        List<Path> jars,
        Optional<BillOfMaterials> billOfMaterials) {
    /** The main class of the enclave program. */
    public static final String ENCLAVE_MAIN = "dev.parley.enclave.boot.Main";

    static final List<String> MODULES = List.of("java.base", "java.logging", "java.naming", "java.sql");
    static final String LAUNCHER_JAR = "boot/launcher.jar";
    static final String NATIVE_LIBRARY = "native/libduckdb_java.so";

    /** Serial collection: one short run on few processors, most of whose memory is the query engine's. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx768m",
            "-XX:MaxDirectMemorySize=512m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=/native",
            "-Djava.io.tmpdir=/run",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Duser.language=en");

    public ImageRecipe {
        requireNonNull(architecture);
        requireNonNull(jdk);
        requireNonNull(mainClass);
        requireNonNull(billOfMaterials);
        jars = List.copyOf(jars);
        var names = jars.stream().map(ImageRecipe::fileName).distinct().count();
        if (jars.isEmpty() || names != jars.size()) {
            throw new IllegalArgumentException("an image needs jars with different names");
        }
    }

    /** With the JDK and for the processor of this process. */
    public static ImageRecipe here(String mainClass, List<Path> jars) throws BuildFailed {
        var architecture = Architecture.named(System.getProperty("os.arch", ""))
                .orElseThrow(() -> new BuildFailed("no enclave image for this processor: x86-64 and arm64 are known"));
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new BuildFailed("an enclave image is linked from Linux libraries: build it on Linux");
        }
        try {
            var jdk = Path.of(System.getProperty("java.home", ""));
            var recipe = new ImageRecipe(architecture, jdk, mainClass, jars, Optional.empty());
            recipe.bootScript();
            return recipe;
        } catch (IllegalArgumentException e) {
            throw new BuildFailed(
                    "jars need different names of letters, digits and ._+-, and the main class a class's");
        }
    }

    /** With a bill of materials, made from the list that {@code dependency:list} wrote of the enclave's module. */
    public ImageRecipe resolvedAs(Path list) throws IOException, BuildFailed {
        try {
            var text = Bytes.takeOwnershipOf(Files.readAllBytes(list));
            var bill = BillOfMaterials.parse(fileName(jars.getFirst()), text);
            return new ImageRecipe(architecture, jdk, mainClass, jars, Optional.of(bill));
        } catch (Malformed e) {
            throw new BuildFailed(list + ": " + e.getMessage());
        }
    }

    /** With the modules of another JDK. */
    public ImageRecipe with(Path otherJdk) {
        return new ImageRecipe(architecture, otherJdk, mainClass, jars, billOfMaterials);
    }

    BootScript bootScript() {
        List<String> classpath = new ArrayList<>();
        classpath.add("/" + LAUNCHER_JAR);
        jars.forEach(jar -> classpath.add("/app/" + fileName(jar)));
        return new BootScript("/runtime/bin/java", Launcher.class.getName(), mainClass, classpath);
    }

    CommandLine commandLine() {
        return new CommandLine(new SandboxProfile(6144, 14_400, 256, 256), JVM_FLAGS);
    }

    static String fileName(Path jar) {
        return requireNonNull(jar.getFileName()).toString();
    }
}
