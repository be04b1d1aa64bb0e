package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * What is published beside an image: its measurement and the inputs that give it. Read by whoever writes reference
 * values into a policy and by whoever rebuilds the image to check them.
 *
 * @param jars the jars as they came from their repositories, in class path order
 * @param libraries the files of libc and the C++ runtime that were taken from the build machine
 * @param jdk the full version of the JDK that the runtime was linked from
 */
public record Measurements(List<Measurement> measurements, List<Input> jars, List<Input> libraries, String jdk) {
    private static final String KIND = "measurements/1";

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
        measurements = List.copyOf(measurements);
        jars = List.copyOf(jars);
        libraries = List.copyOf(libraries);
        requireNonNull(jdk);
    }

    public static Measurements parse(Bytes text) throws Malformed {
        var fields = Json.parse(text).asObject().fields();
        fields.require("parley", KIND);
        var parsed = new Measurements(
                fields.objects("measurements", Measurement::read),
                fields.objects("jars", Input::read),
                fields.objects("libraries", Input::read),
                fields.string("jdk"));
        fields.end();
        return parsed;
    }

    public Bytes canonical() {
        return Json.object()
                .put("parley", KIND)
                .put("measurements", Json.array(measurements, Measurement::json))
                .put("jars", Json.array(jars, Input::json))
                .put("libraries", Json.array(libraries, Input::json))
                .put("jdk", jdk)
                .build()
                .canonical();
    }
}
