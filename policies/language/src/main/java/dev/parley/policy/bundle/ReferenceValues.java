package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.Comparator;
import java.util.List;

/**
 * What evidence must show for this room.
 *
 * @param rootFingerprint SHA-256 of the root certificate's DER form
 * @param measurements the images that may run; at least one
 */
public record ReferenceValues(
        TrustDomain trustDomain, Sha256Digest rootFingerprint, List<AcceptedMeasurement> measurements) {

    public ReferenceValues {
        requireNonNull(trustDomain);
        requireNonNull(rootFingerprint);
        measurements = measurements.stream()
                .sorted(Comparator.comparing((AcceptedMeasurement m) -> m.pcr0().hex())
                        .thenComparing(m -> m.pcr1().hex())
                        .thenComparing(m -> m.pcr2().hex()))
                .toList();
        Form.require(!measurements.isEmpty() && measurements.size() <= 16, "1 to 16 measurements are accepted");
        Form.distinct("a measurement", measurements, m -> List.of(m.pcr0(), m.pcr1(), m.pcr2()));
    }

    /** Reads the members of an object and refuses members that neither this nor the caller has read. */
    public static ReferenceValues readMembers(Fields fields) throws Malformed {
        var values = new ReferenceValues(
                fields.text("trustDomain", TrustDomain::parse),
                fields.text("rootFingerprint", Sha256Digest::parse),
                fields.objects("measurements", AcceptedMeasurement::read));
        fields.end();
        return values;
    }

    public Json.Obj json() {
        return Json.object()
                .put("trustDomain", trustDomain.text())
                .put("rootFingerprint", rootFingerprint.hex())
                .put("measurements", Json.array(measurements, AcceptedMeasurement::json))
                .build();
    }
}
