package dev.parley.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.parley.policy.sample.SampleRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example room with one thing wrong at a time, from the lists in {@code bad-rooms/}. */
class BadRoomsTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());

    @TempDir
    private Path folder;

    /**
     * One edit: in {@code file} the first {@code find} becomes {@code replace}, which must be refused with {@code code} at
     * the place of {@code marker} in the edited file.
     */
    record Edit(String file, String find, String replace, String code, String marker) {
        static Edit parse(String line) {
            var parts = line.split(" \\| ", -1);
            assertThat(parts).as(line).hasSize(5);
            return new Edit(
                    parts[0].strip(), unescape(parts[1]), unescape(parts[2]), parts[3].strip(), unescape(parts[4]));
        }

        private static String unescape(String text) {
            return text.replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\\u202e", "\u202e")
                    .replace("\\u200b", "\u200b");
        }

        String at(String text) {
            var offset = text.indexOf(marker);
            assertThat(offset).as("marker stands in the edited file").isNotNegative();
            var before = text.substring(0, offset);
            var line = before.chars().filter(c -> c == '\n').count() + 1;
            return file + ":" + line + ":" + (offset - before.lastIndexOf('\n'));
        }
    }

    @ParameterizedTest
    @MethodSource("edits")
    void refusesWithFileLineAndColumn(Edit edit) throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        var good = copy.text(edit.file());
        assertThat(good).contains(edit.find());
        var bad = good.replaceFirst(
                java.util.regex.Pattern.quote(edit.find()), java.util.regex.Matcher.quoteReplacement(edit.replace()));
        copy.write(edit.file(), bad);

        var compilation = copy.compile();

        assertThat(compilation).isInstanceOf(Compilation.NotCompiled.class);
        var finding = compilation.findings().getFirst();
        assertThat(finding.code()).as(finding.toString()).isEqualTo(edit.code());
        assertThat(finding.at()).as(finding.toString()).hasToString(edit.at(bad));
    }

    static List<Arguments> edits() throws IOException {
        var edits = new ArrayList<Arguments>();
        for (var list : List.of("yaml", "room", "datasets", "privacy", "templates")) {
            var file = Path.of("src/test/resources/bad-rooms", list + ".txt");
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    edits.add(argumentSet(line, Edit.parse(line)));
                }
            }
        }
        return edits;
    }

    @Test
    void holdsSixtyBadRoomsAndMore() throws IOException {
        assertThat(edits()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @Test
    void namesTheKeyThatWasMeant() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write(
                "privacy.yaml",
                copy.text("privacy.yaml").replace("thresholds:\n      exposures", "treshold:\n      exposures"));

        assertThat(copy.compile().findings().getFirst().message()).contains("did you mean thresholds?");
    }

    @Test
    void refusesMissingFiles() throws IOException {
        for (var file : List.of(
                "room.yaml", "privacy.yaml", "measurements.json", "keys/retailer-run.jwk", "keys/publisher-run.jws")) {
            var copy = RoomCopy.in(Files.createTempDirectory(folder, "room"), ROOM);
            Files.delete(copy.folder().resolve(file));

            var finding = copy.compile().findings().getFirst();

            assertThat(finding.code()).isEqualTo("FILE_MISSING");
            assertThat(finding.message()).contains(file);
        }
    }

    @Test
    void refusesFilesThatNobodyReads() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write("templates/forgotten.yml", "parley: template/1\n");

        var finding = copy.compile().findings().getFirst();

        assertThat(finding.code()).isEqualTo("FILE_UNEXPECTED");
        assertThat(finding.at().file()).isEqualTo("templates/forgotten.yml");
    }

    @Test
    void followsNoLink() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        var key = copy.folder().resolve("keys/retailer-run.jwk");
        var elsewhere = Files.move(key, copy.folder().resolve("elsewhere.jwk"));
        Files.createSymbolicLink(key, elsewhere);

        assertThat(copy.compile().findings().getFirst().code()).isEqualTo("FILE_OUTSIDE_ROOM");
    }

    @Test
    void refusesAPrivateKeyAmongThePublicOnes() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write(
                "keys/retailer-run.jwk", ROOM.retailer().run().exportSecretJwk().canonical());

        var finding = copy.compile().findings().getFirst();

        assertThat(finding.code()).isEqualTo("KEY_FILE_MALFORMED");
        assertThat(finding.message()).contains("no longer secret");
        assertThat(finding.at().file()).isEqualTo("room.yaml");
    }

    @Test
    void refusesAKeyThatTheOtherPartyEndorsed() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write("keys/retailer-run.jwk", copy.text("keys/publisher-run.jwk"));
        copy.write("keys/retailer-run.jws", copy.text("keys/publisher-run.jws"));

        assertThat(copy.compile().findings().getFirst().code()).isEqualTo("ENDORSEMENT_WRONG");
    }

    @Test
    void refusesMeasurementsOfADebugEnclave() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write(
                "measurements.json",
                copy.text("measurements.json")
                        .replaceFirst("\"pcr0\":\"[0-9a-f]+\"", "\"pcr0\":\"" + "0".repeat(96) + "\""));

        var finding = copy.compile().findings().getFirst();

        assertThat(finding.code()).isEqualTo("MEASUREMENTS_MALFORMED");
        assertThat(finding.message()).contains("debug");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHostileFilesAtOnce(String text, String code) throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write("privacy.yaml", text);
        copy.compile();

        var before = System.nanoTime();
        var compilation = copy.compile();
        var millis = (System.nanoTime() - before) / 1_000_000;

        assertThat(compilation.findings().getFirst().code()).isEqualTo(code);
        assertThat(millis).isLessThan(1_000);
    }

    static Stream<Arguments> hostile() {
        var laughs = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (var i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }
        return Stream.of(
                argumentSet("billion laughs", laughs.toString(), "YAML_ANCHOR"),
                argumentSet("deep lists", "a: " + "[".repeat(50_000), "YAML_TOO_DEEP"),
                argumentSet("deep maps", "a: " + "{b: ".repeat(50_000), "YAML_TOO_DEEP"),
                argumentSet("large file", "# " + "x".repeat(300_000), "FILE_UNREADABLE"),
                argumentSet("long key", "x".repeat(200_000) + ": 1", "YAML_SYNTAX"),
                argumentSet("many keys", "k: 1\n".repeat(40_000), "YAML_DUPLICATE_KEY"),
                argumentSet("nothing", "", "EXPECTED_MAP"),
                argumentSet("only a comment", "# nothing\n", "EXPECTED_MAP"));
    }
}
