package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** Which program an enclave runs: PCR0, PCR1 and PCR2, pinned together since PCR0 alone has no section framing. */
public record Measurement(Sha384Digest pcr0, Sha384Digest pcr1, Sha384Digest pcr2) {
    public Measurement {
        requireNonNull(pcr0);
        requireNonNull(pcr1);
        requireNonNull(pcr2);
    }

    /** Reads {@code pcr0 pcr1 pcr2} and leaves other members to the caller. */
    public static Measurement read(Fields fields) throws Malformed {
        return new Measurement(
                fields.text("pcr0", Sha384Digest::parse),
                fields.text("pcr1", Sha384Digest::parse),
                fields.text("pcr2", Sha384Digest::parse));
    }

    /** Whether any of the three is zero, as all are in debug mode. No image hashes to zero. */
    public boolean debug() {
        return Pcrs.isZero(pcr0) || Pcrs.isZero(pcr1) || Pcrs.isZero(pcr2);
    }

    public Json.Obj json() {
        return Json.object()
                .put("pcr0", pcr0.hex())
                .put("pcr1", pcr1.hex())
                .put("pcr2", pcr2.hex())
                .build();
    }
}
