package dev.parley.cli.image;

import dev.parley.image.Measurements.Registers;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The registers of an image for people and for programs that know AWS's {@code nitro-cli}. */
final class RegisterLines {
    private RegisterLines() {}

    /** The member {@code Measurements} as {@code nitro-cli describe-eif} prints it: PCR8 only where it is signed. */
    static Json.Obj nitro(Registers registers) {
        var members = Json.object()
                .put("HashAlgorithm", "Sha384 { ... }")
                .put("PCR0", registers.measurement().pcr0().hex())
                .put("PCR1", registers.measurement().pcr1().hex())
                .put("PCR2", registers.measurement().pcr2().hex());
        if (!registers.pcr8().equals(Pcrs.zero())) {
            members.put("PCR8", registers.pcr8().hex());
        }
        return members.build();
    }

    static List<String> of(Registers registers) {
        List<String> lines = new ArrayList<>();
        lines.add("PCR0  " + registers.measurement().pcr0().hex());
        lines.add("PCR1  " + registers.measurement().pcr1().hex());
        lines.add("PCR2  " + registers.measurement().pcr2().hex());
        var signed = !registers.pcr8().equals(Pcrs.zero());
        lines.add("PCR8  " + (signed ? registers.pcr8().hex() : "zero: nobody signed it"));
        return lines;
    }
}
