package dev.parley.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors that nobody of this project wrote. Without {@code PARLEY_VECTORS} a test is skipped; with it, a missing file
 * or a missing case fails.
 */
public final class Vectors {
    private Vectors() {}

    public static Path folder() {
        var folder = System.getenv("PARLEY_VECTORS");
        assumeTrue(folder != null && !folder.isEmpty(), "PARLEY_VECTORS is not set");
        return Path.of(folder);
    }

    public static Json json(String path) throws IOException, Malformed {
        return Json.parse(Bytes.takeOwnershipOf(Files.readAllBytes(folder().resolve(path))));
    }

    /** Every case of a Wycheproof file; there are as many as the file says. */
    public static List<Case> wycheproof(String name) throws IOException, Malformed {
        var file = json("wycheproof/" + name).asObject();
        List<Case> cases = new ArrayList<>();
        for (var item : array(file, "testGroups")) {
            var group = item.asObject();
            for (var test : array(group, "tests")) {
                cases.add(new Case(group, test.asObject()));
            }
        }
        assertThat(new Json.Int(cases.size())).isEqualTo(file.members().get("numberOfTests"));
        return cases;
    }

    public static List<Json> array(Json.Obj object, String name) throws Malformed {
        return object.fields().array(name);
    }

    /** One case with the group that it stands in. */
    public record Case(Json.Obj group, Json.Obj test) {
        public String text(String name) throws Malformed {
            return test.fields().string(name);
        }

        public byte[] hex(String name) throws Malformed {
            return Bytes.parseHex(text(name)).toArray();
        }

        public int number(String name) throws Malformed {
            return (int) test.fields().integer(name);
        }

        public boolean has(String name) {
            return test.members().containsKey(name);
        }

        public boolean flagged(String flag) throws Malformed {
            return test.fields().array("flags").contains(new Json.Str(flag));
        }

        /** {@code acceptable} is refused: one signature has one spelling. */
        public boolean valid() throws Malformed {
            return text("result").equals("valid");
        }

        public String id() throws Malformed {
            return "case " + number("tcId");
        }
    }
}
