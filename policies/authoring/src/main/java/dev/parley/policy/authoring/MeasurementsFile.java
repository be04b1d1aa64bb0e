package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code measurements.json}: the reference values ({@code policy-bundle.md} §8). An accepted image stands there by
 * its registers, or cites its measurements file ({@code enclave-image.md} §6), from which they are taken.
 */
final class MeasurementsFile {
    private static final String KIND = "measurements/1";
    private static final String CITED_KIND = "image-measurements/1";
    private static final Set<String> CITED_MEMBERS =
            Set.of("parley", "measurement", "jars", "libraries", "jdk", "sbom");

    private final RoomFiles files;
    private final YamlNode.Scalar file;

    private MeasurementsFile(RoomFiles files, YamlNode.Scalar file) {
        this.files = files;
        this.file = file;
    }

    static ReferenceValues read(RoomFiles files, YamlNode.Scalar file) throws Refused {
        var bytes = files.bytes(file.text(), file.at());
        try {
            var members = new LinkedHashMap<>(Json.parse(bytes).asObject().members());
            if (members.get("measurements") instanceof Json.Arr(var accepted)) {
                members.put("measurements", new MeasurementsFile(files, file).resolved(accepted));
            }
            var fields = new Json.Obj(members).fields();
            fields.require("parley", KIND);
            return ReferenceValues.readMembers(fields);
        } catch (Malformed | IllegalArgumentException e) {
            throw new Refused(FindingCode.MEASUREMENTS_MALFORMED, file.at(), String.valueOf(e.getMessage()));
        }
    }

    private Json resolved(List<Json> accepted) throws Refused, Malformed {
        List<Json> all = new ArrayList<>();
        for (var each : accepted) {
            all.add(each instanceof Json.Obj object && object.members().containsKey("image") ? resolved(object) : each);
        }
        return new Json.Arr(all);
    }

    /** The citation with the registers of the cited file in the place of its name. */
    private Json resolved(Json.Obj citation) throws Refused, Malformed {
        var cited = Json.parseCanonical(files.bytes(citation.fields().string("image"), file.at()))
                .asObject()
                .fields();
        cited.require("parley", CITED_KIND);
        if (!cited.names().equals(CITED_MEMBERS)) {
            throw new Malformed("the cited file has other members than a measurements file");
        }
        var registers = cited.object("measurement");
        var measurement = Measurement.read(registers);
        registers.text("pcr8", Sha384Digest::parse);
        registers.end();
        var members = new LinkedHashMap<>(citation.members());
        members.remove("image");
        measurement.json().members().forEach((name, value) -> {
            if (members.put(name, value) != null) {
                throw new IllegalArgumentException("a measurement is cited or written out, not both");
            }
        });
        return new Json.Obj(members);
    }
}
