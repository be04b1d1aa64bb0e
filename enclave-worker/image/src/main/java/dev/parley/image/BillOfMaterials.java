package dev.parley.image;

import dev.parley.image.Measurements.Input;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bill of materials that Maven made of the enclave's module, as the start of the image's own ({@code
 * docs/spec/enclave-image.md} §7). What it says of jars is compared with the jars; the rest of it is carried along.
 */
public final class BillOfMaterials {
    private static final String VERSION = "1.6";
    private static final String IMAGE = "parley-enclave-image";

    private final Json.Obj document;
    private final Component described;
    private final List<Component> components;

    private BillOfMaterials(Json.Obj document, Component described, List<Component> components) {
        this.document = document;
        this.described = described;
        this.components = List.copyOf(components);
    }

    /** One jar as the bill states it. */
    private record Component(String name, String version, String reference, Json.Obj json) {
        static Component read(Json value) throws Malformed {
            var object = value.asObject();
            var fields = object.fields();
            return new Component(fields.string("name"), fields.string("version"), fields.string("bom-ref"), object);
        }

        String file() {
            return name + "-" + version + ".jar";
        }

        Sha384Digest sha384() throws Malformed {
            for (var hash : json.fields().array("hashes")) {
                var fields = hash.asObject().fields();
                if (fields.string("alg").equals("SHA-384")) {
                    return Sha384Digest.parse(fields.string("content"));
                }
            }
            throw new Malformed("a component has no SHA-384");
        }
    }

    /** Reads CycloneDX JSON of version 1.6. */
    public static BillOfMaterials parse(Bytes json) throws Malformed {
        var document = Json.parse(json).asObject();
        var fields = document.fields();
        fields.require("bomFormat", "CycloneDX");
        fields.require("specVersion", VERSION);
        var described = Component.read(fields.object("metadata").value("component"));
        List<Component> components = new ArrayList<>();
        for (var each : fields.array("components")) {
            components.add(Component.read(each));
        }
        return new BillOfMaterials(document, described, components);
    }

    Sha384Digest digest() {
        return Sha384Digest.of(document);
    }

    /** The bill of the whole image, or a refusal that names the jar or component that has no counterpart. */
    Json.Obj of(ImageMaterials materials) throws BuildFailed {
        try {
            requireSameJars(materials.jars());
            return document(materials);
        } catch (Malformed e) {
            throw new BuildFailed("the bill of materials: " + e.getMessage());
        }
    }

    private void requireSameJars(List<Input> jars) throws Malformed, BuildFailed {
        Map<String, Sha384Digest> stated = new HashMap<>();
        for (var component : components) {
            if (stated.put(component.file(), component.sha384()) != null) {
                throw new BuildFailed("the bill of materials names " + component.file() + " twice");
            }
        }
        if (jars.isEmpty() || !jars.getFirst().name().equals(described.file())) {
            throw new BuildFailed(
                    "the bill of materials describes " + described.file() + ", which is not the first of the jars");
        }
        for (var jar : jars.subList(1, jars.size())) {
            var digest = stated.remove(jar.name());
            if (digest == null) {
                throw new BuildFailed("the bill of materials does not name " + jar.name());
            }
            if (!digest.equals(jar.sha384())) {
                throw new BuildFailed("the bill of materials names another " + jar.name());
            }
        }
        if (!stated.isEmpty()) {
            throw new BuildFailed(
                    "the bill of materials names jars that are not on the class path: " + stated.keySet());
        }
    }

    private Json.Obj document(ImageMaterials materials) throws Malformed {
        List<Json> all = new ArrayList<>();
        List<String> needed = new ArrayList<>(List.of(described.reference()));
        all.add(withHash(described.json(), materials.jars().getFirst().sha384()));
        components.forEach(component -> all.add(component.json()));
        all.add(Json.object()
                .put("type", "platform")
                .put("bom-ref", "jdk")
                .put("name", "jdk")
                .put("version", materials.jdk())
                .build());
        needed.add("jdk");
        for (var library : materials.libraries()) {
            var file = Json.object()
                    .put("type", "file")
                    .put("bom-ref", library.name())
                    .put("name", library.name())
                    .build();
            all.add(withHash(file, library.sha384()));
            needed.add(library.name());
        }
        var members = new LinkedHashMap<>(document.members());
        members.put("metadata", metadata(materials));
        members.put("components", new Json.Arr(all));
        members.put("dependencies", dependencies(needed));
        return new Json.Obj(members);
    }

    private Json metadata(ImageMaterials materials) throws Malformed {
        var members = new LinkedHashMap<>(
                document.fields().value("metadata").asObject().members());
        members.put(
                "component",
                Json.object()
                        .put("type", "application")
                        .put("bom-ref", IMAGE)
                        .put("name", IMAGE)
                        .put("version", described.version())
                        .build());
        var pcr0 = Json.object()
                .put("name", "parley:pcr0")
                .put("value", materials.pcr0().hex())
                .build();
        members.put("properties", new Json.Arr(List.of(pcr0)));
        return new Json.Obj(members);
    }

    private Json dependencies(List<String> needed) throws Malformed {
        List<Json> all = new ArrayList<>();
        all.add(Json.object()
                .put("ref", IMAGE)
                .put("dependsOn", Json.strings(needed))
                .build());
        all.addAll(document.fields().array("dependencies"));
        return new Json.Arr(all);
    }

    private static Json.Obj withHash(Json.Obj component, Sha384Digest digest) {
        var members = new LinkedHashMap<>(component.members());
        var hash =
                Json.object().put("alg", "SHA-384").put("content", digest.hex()).build();
        members.put("hashes", new Json.Arr(List.of(hash)));
        return new Json.Obj(members);
    }
}
