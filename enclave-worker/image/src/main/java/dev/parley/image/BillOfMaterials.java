package dev.parley.image;

import dev.parley.image.Measurements.Input;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the bill of materials of an image, CycloneDX 1.6, from what Maven resolved for the enclave's module ({@code
 * docs/spec/enclave-image.md} §7). CycloneDX's own plugin cannot do it: Maven leaves its goal out of builds without
 * network, and an old bill would stay where it was.
 *
 * @param own the enclave's module itself
 */
record BillOfMaterials(Coordinates own, List<Coordinates> dependencies) {
    private static final String IMAGE = "parley-enclave-image";

    BillOfMaterials {
        Objects.requireNonNull(own);
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Reads the list of resolved dependencies.
     *
     * @param ownJar the name of the enclave's own jar, {@code parley-enclave-1.0.jar}
     */
    static BillOfMaterials parse(String ownJar, Bytes list) throws Malformed {
        var version = ownJar.replaceFirst("^parley-enclave-(.+)\\.jar$", "$1");
        try {
            return new BillOfMaterials(
                    new Coordinates("dev.parley", "parley-enclave", version), Coordinates.list(list));
        } catch (IllegalArgumentException e) {
            throw new Malformed("the first jar is not the enclave's", e);
        }
    }

    Json.Obj of(ImageMaterials materials) throws BuildFailed {
        var jars = coordinates(materials.jars());
        List<Json> components = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (var jar : materials.jars()) {
            var coordinates = Objects.requireNonNull(jars.get(jar.name()));
            all.add(coordinates.purl());
            components.add(component("library", coordinates.purl(), coordinates.name())
                    .put("group", coordinates.group())
                    .put("version", coordinates.version())
                    .put("purl", coordinates.purl())
                    .put("scope", "required")
                    .put("hashes", hashes(jar.sha384()))
                    .build());
        }
        all.add("jdk");
        components.add(component("platform", "jdk", "jdk")
                .put("version", materials.jdk())
                .build());
        for (var library : materials.libraries()) {
            all.add(library.name());
            components.add(component("file", library.name(), library.name())
                    .put("hashes", hashes(library.sha384()))
                    .build());
        }
        var needs = Json.object()
                .put("ref", IMAGE)
                .put("dependsOn", Json.strings(all))
                .build();
        return Json.object()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("version", 1)
                .put("metadata", metadata(materials))
                .put("components", new Json.Arr(components))
                .put("dependencies", new Json.Arr(List.of(needs)))
                .build();
    }

    /** Each jar of the class path under its file name; a jar or a dependency without the other is refused. */
    private Map<String, Coordinates> coordinates(List<Input> jars) throws BuildFailed {
        Map<String, Coordinates> known = new HashMap<>();
        for (var dependency : dependencies) {
            known.put(dependency.file(), dependency);
        }
        if (!jars.getFirst().name().equals(own.file()) || known.put(own.file(), own) != null) {
            throw new BuildFailed("the first jar, and it alone, must be " + own.file());
        }
        var names = jars.stream().map(Input::name).toList();
        for (var name : names) {
            if (!known.containsKey(name)) {
                throw new BuildFailed("the build did not resolve " + name);
            }
        }
        for (var name : known.keySet()) {
            if (!names.contains(name)) {
                throw new BuildFailed("the build resolved " + name + ", which is not on the class path");
            }
        }
        return known;
    }

    private Json metadata(ImageMaterials materials) {
        var pcr0 = Json.object()
                .put("name", "parley:pcr0")
                .put("value", materials.pcr0().hex())
                .build();
        return Json.object()
                .put(
                        "component",
                        component("application", IMAGE, IMAGE)
                                .put("version", own.version())
                                .build())
                .put("properties", new Json.Arr(List.of(pcr0)))
                .build();
    }

    private static Json.Builder component(String type, String reference, String name) {
        return Json.object().put("type", type).put("bom-ref", reference).put("name", name);
    }

    private static Json hashes(Sha384Digest digest) {
        return new Json.Arr(List.of(
                Json.object().put("alg", "SHA-384").put("content", digest.hex()).build()));
    }
}
