package dev.parley.image;

import dev.parley.image.Measurements.Input;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image and what is published beside it, made from a recipe. The same recipe gives the same bytes.
 *
 * @param billOfMaterials where the recipe has one to start from
 */
public record ImageAssembly(EnclaveImage image, Measurements measurements, Optional<Bytes> billOfMaterials) {
    /** Puts the jars of a recipe onto what {@link Bootstrap#link} gave. */
    public static ImageAssembly of(ImageRecipe recipe, Bootstrap bootstrap) throws IOException, BuildFailed {
        SortedMap<String, Ramdisk.Content> first = new TreeMap<>(bootstrap.files());
        Map<String, Ramdisk.Content> application = new TreeMap<>();
        List<Input> jars = new ArrayList<>();
        for (var jar : recipe.jars()) {
            var name = ImageRecipe.fileName(jar);
            jars.add(new Input(name, Sha384Digest.of(Bytes.takeOwnershipOf(Files.readAllBytes(jar)))));
            application.put("app/" + name, new Ramdisk.Content(JarContent.stored(jar), false));
            JarContent.nativeLibrary(jar, recipe.architecture().label())
                    .ifPresent(bytes -> first.put(ImageRecipe.NATIVE_LIBRARY, new Ramdisk.Content(bytes, true)));
        }
        var image = new ImageBuilder(
                        recipe.architecture(), recipe.bootScript(), recipe.commandLine(), metadata(bootstrap.jdk()))
                .ramdisk(Ramdisk.of(first).archive())
                .ramdisk(Ramdisk.of(application).archive())
                .build();
        var measurement = image.measurement();
        Optional<Bytes> bill = Optional.empty();
        if (recipe.billOfMaterials().isPresent()) {
            var materials = new ImageMaterials(jars, bootstrap.libraries(), bootstrap.jdk(), measurement.pcr0());
            bill = Optional.of(recipe.billOfMaterials().get().of(materials).canonical());
        }
        var measurements = new Measurements(
                new Measurements.Registers(measurement, Pcrs.zero()),
                jars,
                bootstrap.libraries(),
                bootstrap.jdk(),
                bill.map(Sha384Digest::of));
        return new ImageAssembly(image, measurements, bill);
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
}
