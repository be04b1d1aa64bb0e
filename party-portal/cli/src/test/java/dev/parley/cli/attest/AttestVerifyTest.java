package dev.parley.cli.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Said;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestVerifyTest {
    @TempDir
    Path home;

    @Test
    void recognisesEveryRealDocument() throws Exception {
        var documents = documents("real-enclave/", "real-nitrotpm/");

        for (var document : documents) {
            var file = document.fields().string("file");
            var debug = document.fields().string("mode").equals("debug");
            var strict = verify(file, "--at", "document");
            assertThat(strict.exit()).as(file).isEqualTo(debug ? 1 : 0);
            assertThat(strict.document().members())
                    .as(file)
                    .containsEntry("verdict", new Json.Str(debug ? "refused" : "accepted"))
                    .containsEntry("reason", debug ? new Json.Str("DEBUG_MODE") : new Json.Null())
                    .containsEntry("debug", new Json.Bool(debug))
                    .containsEntry("trustDomain", new Json.Str("aws-nitro"));
            assertThat(strict.document().members().get("pcrs")).as(file).isInstanceOf(Json.Obj.class);
            var lenient = verify(file, "--at", "document", "--allow-debug");
            assertThat(lenient.exit()).as(file).isZero();
            assertThat(lenient.document().members()).containsEntry("debug", new Json.Bool(debug));
        }

        assertThat(documents).hasSizeGreaterThanOrEqualTo(47);
    }

    @Test
    void refusesEveryTamperedAndEveryMockDocument() throws Exception {
        for (var document : documents("tampered/", "mock/")) {
            var file = document.fields().string("file");
            var said = verify(file, "--at", "document", "--allow-debug");
            assertThat(said.exit()).as(file).isEqualTo(1);
            assertThat(said.text("verdict")).isEqualTo("refused");
            assertThat(said.text("reason")).matches("[A-Z_]+");
        }
    }

    @Test
    void givesTheVerdictOfEverySyntheticDocument() throws Exception {
        var expected = Vectors.json("attestation/synthetic/expected.json").asObject();
        List<String> judged = new ArrayList<>();

        for (var entry : expected.members().entrySet()) {
            var wanted = entry.getValue().asObject();
            var options = new ArrayList<>(List.of("--at", "document", "--root", root(wanted)));
            if (wanted.members().get("nonce") instanceof Json.Str(var nonce)) {
                options.addAll(List.of("--nonce", nonce));
            }
            var said = verify("synthetic/" + entry.getKey() + ".cbor", options.toArray(String[]::new));
            var accepted = wanted.fields().string("expect").equals("accept");
            assertThat(said.exit()).as(entry.getKey() + said).isEqualTo(accepted ? 0 : 1);
            assertThat(said.text("verdict")).isEqualTo(accepted ? "accepted" : "refused");
            judged.add(entry.getKey() + ".cbor");
        }

        assertThat(judged).hasSizeGreaterThanOrEqualTo(90).containsExactlyInAnyOrderElementsOf(files("synthetic"));
    }

    @Test
    void judgesByTheClockUnlessToldOtherwise() throws Exception {
        var file = documents("real-enclave/").getFirst().fields().string("file");

        var now = verify(file);
        var then = verify(file, "--at", "2021-03-05T00:00:00Z");
        var nonsense = verify(file, "--at", "yesterday");

        assertThat(now.text("reason")).isEqualTo("EXPIRED_CERTIFICATE");
        assertThat(then.exit()).isIn(0, 1);
        nonsense.failsWith(2, "USAGE");
    }

    @Test
    void refusesAnotherNonceAndAnotherRoot() throws Exception {
        var file = documents("real-enclave/").getFirst().fields().string("file");
        var simulated = attestation().resolve("synthetic/sim-root.der").toString();

        assertThat(verify(file, "--at", "document", "--nonce", "00".repeat(32)).text("reason"))
                .isEqualTo("NONCE_MISMATCH");
        assertThat(verify(file, "--at", "document", "--root", simulated).text("reason"))
                .isEqualTo("UNKNOWN_ROOT");
        assertThat(verify("synthetic/ok-low-s.cbor", "--at", "document", "--root", simulated)
                        .text("trustDomain"))
                .isEqualTo("simulated");
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        var junk = Files.writeString(home.resolve("junk"), "not evidence");
        var desk = desk();

        desk.say("attest", "verify", home.resolve("missing").toString(), "--json")
                .failsWith(2, "INPUT_UNREADABLE");
        desk.say("attest", "verify", junk.toString(), "--root", junk.toString(), "--json")
                .failsWith(2, "TRUST_ROOT_MALFORMED");
        assertThat(desk.say("attest", "verify", junk.toString()).exit()).isEqualTo(1);
        assertThat(desk.say("attest", "verify", junk.toString()).out()).startsWith("REFUSED: MALFORMED_COSE");
    }

    private Said verify(String file, String... options) {
        var arguments = new ArrayList<>(
                List.of("attest", "verify", attestation().resolve(file).toString(), "--json"));
        arguments.addAll(List.of(options));
        return desk().say(arguments.toArray(String[]::new));
    }

    private Desk desk() {
        return new Desk(home, InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));
    }

    /** The real root lies one folder higher, as PEM. */
    private static String root(Json.Obj wanted) throws Exception {
        var name = wanted.fields().string("root");
        return (name.equals("aws-nitro-root-g1.der")
                        ? attestation().resolve("aws-nitro-root-g1.pem")
                        : attestation().resolve("synthetic").resolve(name))
                .toString();
    }

    /** What the folders hold, each document described. */
    private static List<Json.Obj> documents(String... folders) throws Exception {
        List<Json.Obj> documents = new ArrayList<>();
        for (var folder : folders) {
            List<String> names = new ArrayList<>();
            for (var item : ((Json.Arr) Vectors.json("attestation/documents.json")).items()) {
                var file = item.asObject().fields().string("file");
                if (file.startsWith(folder)) {
                    documents.add(item.asObject());
                    names.add(file.substring(folder.length()));
                }
            }
            assertThat(names).isNotEmpty().containsExactlyInAnyOrderElementsOf(files(folder));
        }
        return documents;
    }

    private static List<String> files(String folder) throws IOException {
        try (var files = Files.list(attestation().resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cbor"))
                    .toList();
        }
    }

    private static Path attestation() {
        return Vectors.folder().resolve("attestation");
    }
}
