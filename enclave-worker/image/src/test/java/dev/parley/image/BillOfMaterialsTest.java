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

final class BillOfMaterialsTest {
    private static final Input OWN = jar("app");
    private static final Input FIRST = jar("first");
    private static final Input SECOND = jar("second");
    private static final List<Input> JARS = List.of(OWN, FIRST, SECOND);

    @Test
    void becomesTheBillOfTheImage() throws Exception {
        var bill = bill("app", FIRST, SECOND).of(materials(JARS));

        assertThat(strings(bill, "name")).containsExactly("app", "first", "second", "jdk", "lib/libc.so.6");
        var own = bill.fields().array("components").getFirst().asObject().fields();
        var hash = own.array("hashes").getFirst().asObject().fields();
        assertThat(hash.string("content")).isEqualTo(OWN.sha384().hex());
        var metadata = bill.fields().object("metadata");
        assertThat(metadata.object("component").string("name")).isEqualTo("parley-enclave-image");
        assertThat(metadata.array("properties").getFirst().asObject().fields().string("value"))
                .isEqualTo(digest("image").hex());
        assertThat(bill.canonical())
                .isEqualTo(bill("app", FIRST, SECOND).of(materials(JARS)).canonical());
    }

    @Test
    void refusesAJarThatItDoesNotName() {
        assertRefused(List.of(OWN, FIRST, SECOND, jar("third")), "does not name third-1.jar", FIRST, SECOND);
    }

    @Test
    void refusesAJarOfOtherBytes() {
        var changed = new Input(SECOND.name(), digest("one byte changed"));

        assertRefused(List.of(OWN, FIRST, changed), "names another second-1.jar", FIRST, SECOND);
    }

    @Test
    void refusesToNameWhatIsNotThere() {
        assertRefused(List.of(OWN, FIRST), "not on the class path: [second-1.jar]", FIRST, SECOND);
    }

    @Test
    void refusesAComponentTwice() {
        assertRefused(JARS, "names second-1.jar twice", FIRST, SECOND, SECOND);
    }

    @Test
    void refusesTheBillOfAnotherModule() {
        assertRefused(List.of(FIRST, OWN, SECOND), "describes app-1.jar, which is not the first", FIRST, SECOND);
    }

    @Test
    void refusesWhatIsNoBill() {
        for (var text : List.of("", "[]", "{}", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}")) {
            assertThatThrownBy(() -> BillOfMaterials.parse(Bytes.utf8(text))).isInstanceOf(Malformed.class);
        }
    }

    private static void assertRefused(List<Input> jars, String reason, Input... components) {
        assertThatThrownBy(() -> bill("app", components).of(materials(jars)))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining(reason);
    }

    private static ImageMaterials materials(List<Input> jars) {
        return new ImageMaterials(jars, List.of(new Input("lib/libc.so.6", digest("libc"))), "25+36", digest("image"));
    }

    private static BillOfMaterials bill(String described, Input... jars) throws Malformed {
        List<Json> components = new ArrayList<>();
        for (var jar : jars) {
            var name = jar.name().replace("-1.jar", "");
            var hash = Json.object()
                    .put("alg", "SHA-384")
                    .put("content", jar.sha384().hex())
                    .build();
            var other = Json.object().put("alg", "MD5").put("content", "00").build();
            components.add(Json.object()
                    .put("name", name)
                    .put("version", "1")
                    .put("bom-ref", name)
                    .put("hashes", new Json.Arr(List.of(other, hash)))
                    .build());
        }
        var component = Json.object()
                .put("name", described)
                .put("version", "1")
                .put("bom-ref", described)
                .build();
        return BillOfMaterials.parse(Json.object()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("metadata", Json.object().put("component", component).build())
                .put("components", new Json.Arr(components))
                .put("dependencies", new Json.Arr(List.of()))
                .build()
                .canonical());
    }

    private static List<String> strings(Json.Obj bill, String member) throws Malformed {
        List<String> names = new ArrayList<>();
        for (var component : bill.fields().array("components")) {
            names.add(component.asObject().fields().string(member));
        }
        return names;
    }

    private static Input jar(String name) {
        return new Input(name + "-1.jar", digest(name));
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
