package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What is published beside an image ({@code docs/spec/enclave-image.md} §6): its registers and the inputs that give them.
 * Read by whoever writes reference values into a policy and by whoever rebuilds the image to check them.
 *
 * @param jars the jars as they came from their repositories, in class path order
 * @param libraries the files of libc and the C++ runtime that were taken from the build machine
 * @param jdk the full version of the JDK that the runtime was linked from
 * @param billOfMaterials the digest of the bill that is published with it
 */
public record Measurements(
        Registers registers,
        List<Input> jars,
        List<Input> libraries,
        String jdk,
        Optional<Sha384Digest> billOfMaterials) {
    private static final String KIND = "image-measurements/1";

    /**
     * The registers that an image determines.
     *
     * @param pcr8 of whoever signed it; zero where nobody did
     */
    public record Registers(Measurement measurement, Sha384Digest pcr8) {
        public Registers {
            requireNonNull(measurement);
            requireNonNull(pcr8);
        }

        static Registers read(Fields fields) throws Malformed {
            var registers = new Registers(Measurement.read(fields), fields.text("pcr8", Sha384Digest::parse));
            fields.end();
            return registers;
        }

        public Json.Obj json() {
            var members = Json.object();
            measurement.json().members().forEach(members::put);
            return members.put("pcr8", pcr8.hex()).build();
        }
    }

    /** A file that went into the image. */
    public record Input(String name, Sha384Digest sha384) {
        public Input {
            requireNonNull(name);
            requireNonNull(sha384);
        }

        static Input read(Fields fields) throws Malformed {
            return new Input(fields.string("name"), fields.text("sha384", Sha384Digest::parse));
        }

        Json json() {
            return Json.object().put("name", name).put("sha384", sha384.hex()).build();
        }
    }

    public Measurements {
        requireNonNull(registers);
        jars = List.copyOf(jars);
        libraries = List.copyOf(libraries);
        requireNonNull(jdk);
        requireNonNull(billOfMaterials);
    }

    public static Measurements parse(Bytes text) throws Malformed {
        var fields = Json.parseCanonical(text).asObject().fields();
        fields.require("parley", KIND);
        var parsed = new Measurements(
                Registers.read(fields.object("measurement")),
                fields.objects("jars", Input::read),
                fields.objects("libraries", Input::read),
                fields.string("jdk"),
                fields.optionalText("sbom", Sha384Digest::parse));
        fields.end();
        return parsed;
    }

    /** The same inputs, signed by somebody. */
    public Measurements signedBy(Sha384Digest pcr8) {
        return new Measurements(new Registers(registers.measurement(), pcr8), jars, libraries, jdk, billOfMaterials);
    }

    public Bytes canonical() {
        return Json.object()
                .put("parley", KIND)
                .put("measurement", registers.json())
                .put("jars", Json.array(jars, Input::json))
                .put("libraries", Json.array(libraries, Input::json))
                .put("jdk", jdk)
                .put("sbom", billOfMaterials.map(Sha384Digest::hex).orElse(null))
                .build()
                .canonical();
    }
}
