package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/** Reads {@code measurements.json}: the reference values as the tool that measured an image wrote them. */
final class MeasurementsFile {
    private static final String KIND = "measurements/1";

    private MeasurementsFile() {}

    static ReferenceValues read(RoomFiles files, YamlNode.Scalar file) throws Refused {
        var bytes = files.bytes(file.text(), file.at());
        try {
            var fields = Json.parse(bytes).asObject().fields();
            fields.require("parley", KIND);
            return ReferenceValues.readMembers(fields);
        } catch (Malformed | IllegalArgumentException e) {
            throw new Refused(FindingCode.MEASUREMENTS_MALFORMED, file.at(), String.valueOf(e.getMessage()));
        }
    }
}
