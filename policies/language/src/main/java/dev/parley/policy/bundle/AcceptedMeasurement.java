package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.time.Instant;

/** An enclave image that may run this room's queries, until it expires. */
public record AcceptedMeasurement(Sha384Digest pcr0, Sha384Digest pcr1, Sha384Digest pcr2, Instant expires) {
    public AcceptedMeasurement {
        requireNonNull(pcr0);
        requireNonNull(pcr1);
        requireNonNull(pcr2);
        requireNonNull(expires);
        // Debug mode measures zeros: accepting them would accept every image.
        Form.require(
                !zero(pcr0) && !zero(pcr1) && !zero(pcr2),
                "a measurement of zeros is that of an enclave in debug mode");
    }

    private static boolean zero(Sha384Digest digest) {
        return digest.hex().chars().allMatch(c -> c == '0');
    }

    static AcceptedMeasurement read(Fields fields) throws Malformed {
        return new AcceptedMeasurement(
                fields.text("pcr0", Sha384Digest::parse),
                fields.text("pcr1", Sha384Digest::parse),
                fields.text("pcr2", Sha384Digest::parse),
                fields.instant("expires"));
    }

    Json.Obj json() {
        return Json.object()
                .put("pcr0", pcr0.hex())
                .put("pcr1", pcr1.hex())
                .put("pcr2", pcr2.hex())
                .put("expires", expires.toString())
                .build();
    }
}
