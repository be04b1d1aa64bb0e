package dev.parley.image;

import dev.parley.image.Measurements.Input;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image and what is published beside it, made from a recipe. The same recipe gives the same bytes. */
public record ImageAssembly(EnclaveImage image, Measurements measurements) {
    /** Links in a folder of its own below {@code scratch}, which stays as it was. */
    public static ImageAssembly of(ImageRecipe recipe, Path scratch) throws IOException, BuildFailed {
        var work = Files.createTempDirectory(scratch, "image-");
        try {
            return assemble(recipe, work.resolve("runtime"));
        } finally {
            delete(work);
        }
    }

    private static ImageAssembly assemble(ImageRecipe recipe, Path folder) throws IOException, BuildFailed {
        var runtime = new LinkedRuntime(recipe.jdk());
        var libraries = new SystemLibraries(recipe.architecture()).files();
        Map<String, Ramdisk.Content> bootstrap = new TreeMap<>(libraries);
        bootstrap.putAll(runtime.link(ImageRecipe.MODULES, folder));
        bootstrap.put(ImageRecipe.LAUNCHER_JAR, new Ramdisk.Content(LauncherJar.bytes(), false));
        Map<String, Ramdisk.Content> application = new TreeMap<>();
        for (var jar : recipe.jars()) {
            var content = new Ramdisk.Content(JarContent.stored(jar), false);
            application.put("app/" + ImageRecipe.fileName(jar), content);
            JarContent.nativeLibrary(jar, recipe.architecture().label())
                    .ifPresent(bytes -> bootstrap.put(ImageRecipe.NATIVE_LIBRARY, new Ramdisk.Content(bytes, true)));
        }
        var image = new ImageBuilder(
                        recipe.architecture(), recipe.bootScript(), recipe.commandLine(), metadata(runtime.version()))
                .ramdisk(Ramdisk.of(bootstrap).archive())
                .ramdisk(Ramdisk.of(application).archive())
                .build();
        return new ImageAssembly(
                image,
                new Measurements(
                        List.of(image.measurement()), inputs(recipe.jars()), inputs(libraries), runtime.version()));
    }

    /** The members that AWS's tools show. No build time: it would make every build different. */
    private static Json.Obj metadata(String jdk) {
        return Json.object()
                .put("ImageName", "parley-enclave")
                .put("ImageVersion", "1")
                .put(
                        "BuildMetadata",
                        Json.object()
                                .put("BuildTime", "1970-01-01T00:00:00Z")
                                .put("BuildTool", "parley-image")
                                .put("BuildToolVersion", "1")
                                .put("OperatingSystem", "Linux")
                                .put("KernelVersion", "simulated")
                                .build())
                .put("DockerInfo", Json.object().build())
                .put("CustomMetadata", Json.object().put("jdk", jdk).build())
                .build();
    }

    private static List<Input> inputs(List<Path> jars) throws IOException {
        List<Input> inputs = new ArrayList<>();
        for (var jar : jars) {
            var digest = Sha384Digest.of(Bytes.takeOwnershipOf(Files.readAllBytes(jar)));
            inputs.add(new Input(ImageRecipe.fileName(jar), digest));
        }
        return inputs;
    }

    private static List<Input> inputs(Map<String, Ramdisk.Content> libraries) {
        return libraries.entrySet().stream()
                .map(library -> new Input(
                        library.getKey(), Sha384Digest.of(library.getValue().data())))
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
