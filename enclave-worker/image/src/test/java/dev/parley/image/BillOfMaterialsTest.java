package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.Measurements.Input;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BillOfMaterialsTest {
    /** With the colours that Maven leaves in the file. */
    private static final String LIST = """
            The following files have been resolved:
               com.fasterxml.jackson.core:jackson-core:jar:2.21.2:compile\033[36m -- module x\033[m
               org.duckdb:duckdb_jdbc:jar:2.0.0.1:runtime

            """;

    private static final Input OWN = jar("parley-enclave-0.1.0.jar");
    private static final Input JACKSON = jar("jackson-core-2.21.2.jar");
    private static final Input DUCKDB = jar("duckdb_jdbc-2.0.0.1.jar");
    private static final List<Input> JARS = List.of(OWN, DUCKDB, JACKSON);

    @Test
    void namesJarsJdkAndLibrariesWithTheirDigests() throws Exception {
        var bill = bill(LIST).of(materials(JARS));

        assertThat(strings(bill, "bom-ref"))
                .containsExactly(
                        "pkg:maven/dev.parley/parley-enclave@0.1.0?type=jar",
                        "pkg:maven/org.duckdb/duckdb_jdbc@2.0.0.1?type=jar",
                        "pkg:maven/com.fasterxml.jackson.core/jackson-core@2.21.2?type=jar",
                        "jdk",
                        "lib/libc.so.6");
        var own = bill.fields().array("components").getFirst().asObject().fields();
        assertThat(own.array("hashes").getFirst().asObject().fields().string("content"))
                .isEqualTo(OWN.sha384().hex());
        var metadata = bill.fields().object("metadata");
        assertThat(metadata.array("properties").getFirst().asObject().fields().string("value"))
                .isEqualTo(digest("image").hex());
        assertThat(bill.members()).doesNotContainKey("serialNumber");
    }

    @Test
    void refusesAJarThatTheBuildDidNotResolve() {
        assertRefused(List.of(OWN, DUCKDB, JACKSON, jar("evil-1.jar")), "did not resolve evil-1.jar");
    }

    @Test
    void refusesAJarOfAnotherVersion() {
        assertRefused(List.of(OWN, DUCKDB, jar("jackson-core-2.21.1.jar")), "did not resolve jackson-core-2.21.1.jar");
    }

    @Test
    void refusesToNameWhatIsNotThere() {
        assertRefused(List.of(OWN, DUCKDB), "jackson-core-2.21.2.jar, which is not on the class path");
    }

    @Test
    void refusesAnotherFirstJar() {
        assertRefused(List.of(DUCKDB, OWN, JACKSON), "the first jar");
        assertThatThrownBy(() -> BillOfMaterials.parse("a b.jar", Bytes.utf8(LIST)))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "none", "   a:b:jar:1:test", "   a:b:pom:1:compile", "   a:b:jar:1", "   a b:c:jar:1:compile"
            })
    void refusesWhatIsNoListOfJars(String text) {
        assertThatThrownBy(() -> bill(text)).isInstanceOf(Malformed.class);
    }

    private static void assertRefused(List<Input> jars, String reason) {
        assertThatThrownBy(() -> bill(LIST).of(materials(jars)))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining(reason);
    }

    private static BillOfMaterials bill(String list) throws Malformed {
        return BillOfMaterials.parse(OWN.name(), Bytes.utf8(list));
    }

    private static ImageMaterials materials(List<Input> jars) {
        return new ImageMaterials(jars, List.of(new Input("lib/libc.so.6", digest("libc"))), "25+36", digest("image"));
    }

    private static List<String> strings(Json.Obj bill, String member) throws Malformed {
        List<String> names = new ArrayList<>();
        for (var component : bill.fields().array("components")) {
            names.add(component.asObject().fields().string(member));
        }
        return names;
    }

    private static Input jar(String name) {
        return new Input(name, digest(name));
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
