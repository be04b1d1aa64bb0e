package dev.parley.cli.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Said;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestExplainTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Bytes NONCE = Bytes.utf8("0123456789abcdef");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);
    private static final ParentRole ROLE = ParentRole.simulated("full");
    private static final Sha384Digest POLICY = Sha384Digest.of(Bytes.utf8("policy"));

    @TempDir
    Path folder;

    @BeforeEach
    void evidence() throws IOException {
        Files.write(folder.resolve("root.der"), PLATFORM.root().der().toArray());
        write("evidence.cbor", claims());
        write("debug.cbor", claims().debug());
    }

    @Test
    void explainsEveryCheckOfALiveAnswer() throws Exception {
        var said = explain("evidence.cbor", "--max-age", "5m", "--nonce", NONCE.hex(), "--json");

        assertThat(said.exit()).isZero();
        assertThat(outcomes(said)).hasSize(20).containsOnly("passed", "not asked");
        assertThat(outcomes(said).indexOf("not asked")).isEqualTo(7);
        assertThat(said.text("trustDomain")).isEqualTo("simulated");
    }

    @Test
    void saysForPeopleWhatItIsAndWhatItProves() {
        var said = explain("evidence.cbor", "--max-age", "5m", "--nonce", NONCE.hex());

        assertThat(said.out())
                .contains("SIMULATED: made by a simulated platform")
                .contains("accepted")
                .contains("judged at  2026-11-22T12:00:00Z, the clock of this machine")
                .contains("module      " + TestClaims.MODULE)
                .contains("path length 2")
                .contains("3 h 0 min left")
                .contains("equals SHA384(zero ‖ i-0123456789abcdef0)")
                .contains("17  passed       the leaf's key signed exactly these bytes")
                .contains("→ The security module said all of this")
                .doesNotContain("UNVERIFIED");
    }

    @Test
    void showsWhatARefusedDocumentSaysButVouchesForNothing() {
        var desk = new Desk(folder, InstantSource.fixed(NOW.plusSeconds(4 * 3600)));

        var said = desk.say(
                "attest", "explain", file("evidence.cbor"), "--root", file("root.der"), "--nonce", NONCE.hex());

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("REFUSED: EXPIRED_CERTIFICATE, at check 14")
                .contains("UNVERIFIED")
                .contains("SIMULATED")
                .contains("over for 1 h 0 min")
                .contains("14  FAILED       every certificate is valid")
                .contains("15  not reached  leaf and authorities")
                .contains("18  not asked    the timestamp")
                .doesNotContain("→ The security module said all of this");
    }

    @Test
    void recomputesTheRegistersFromWhatGoesIntoThem() throws Exception {
        var measurements = Files.writeString(folder.resolve("image.json"), imageFile("image"));

        var said = explain(
                "evidence.cbor",
                "--role",
                ROLE.text(),
                "--policy-digest",
                POLICY.hex(),
                "--measurements",
                measurements.toString(),
                "--json");

        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.fields().array("comparisons"))
                .hasSize(3)
                .allSatisfy(comparison ->
                        assertThat(comparison.asObject().members()).containsEntry("equal", new Json.Bool(true)));
    }

    @Test
    void everythingThatDiffersFromWhatIsExpectedIsNamedAndRefused() throws Exception {
        var other = Files.writeString(folder.resolve("other.json"), imageFile("another image"));

        refuses("PCR3", "--role", ParentRole.simulated("no-dedicated-user").text());
        refuses("PCR3", "--role", "none");
        refuses("PCR16", "--policy-digest", Sha384Digest.of(Bytes.utf8("other")).hex());
        refuses("PCR17", "--query-digest", POLICY.hex());
        refuses("PCR0, PCR1, PCR2", "--measurements", other.toString());
    }

    @Test
    void aDebugEnclaveFailsTheLastCheckAlone() throws Exception {
        var refused = explain("debug.cbor", "--json");
        var allowed = explain("debug.cbor", "--allow-debug", "--json");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text("reason")).isEqualTo("DEBUG_MODE");
        assertThat(outcomes(refused).getLast()).isEqualTo("FAILED");
        assertThat(allowed.exit()).isZero();
        assertThat(outcomes(allowed).getLast()).isEqualTo("not asked");
    }

    @Test
    void anAgeCountsFromATimeAndIsASpan() {
        explain("evidence.cbor", "--at", "document", "--max-age", "5m", "--json")
                .failsWith(2, "USAGE");
        explain("evidence.cbor", "--max-age", "five", "--json").failsWith(2, "USAGE");
        assertThat(explain("evidence.cbor", "--at", "2026-11-22T12:10:00Z", "--max-age", "5m", "--json")
                        .text("reason"))
                .isEqualTo("STALE");
    }

    @Test
    void explainsDocumentsOfNitroTpms() throws Exception {
        var files = Vectors.folder().resolve("attestation/real-nitrotpm");
        try (var documents = Files.list(files)) {
            for (var document :
                    documents.filter(f -> f.toString().endsWith(".cbor")).toList()) {
                var said = new Desk(folder, InstantSource.fixed(NOW))
                        .say("attest", "explain", document.toString(), "--at", "document");
                assertThat(said.exit()).as(said.out()).isZero();
                assertThat(said.out())
                        .contains("kind        nitrotpm")
                        .contains("PCR4   boot manager")
                        .contains("PCR7   Secure Boot policy")
                        .contains("PCR12  command line")
                        .contains("PCR17  late launch, all ones while unused\n       all ones")
                        .doesNotContain("SIMULATED");
            }
        }
    }

    private void refuses(String what, String... reference) throws Exception {
        var options = new ArrayList<>(List.of(reference));
        options.add("--json");
        var said = explain("evidence.cbor", options.toArray(String[]::new));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text("verdict")).isEqualTo("accepted");
        assertThat(said.fields().array("comparisons").getFirst().asObject().members())
                .containsEntry("what", new Json.Str(what))
                .containsEntry("equal", new Json.Bool(false));
    }

    private Said explain(String name, String... options) {
        var arguments = new ArrayList<>(List.of("attest", "explain", file(name), "--root", file("root.der")));
        arguments.addAll(List.of(options));
        return new Desk(folder, InstantSource.fixed(NOW)).say(arguments.toArray(String[]::new));
    }

    private static List<String> outcomes(Said said) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (var check : said.fields().array("checks")) {
            outcomes.add(check.asObject().fields().string("outcome"));
        }
        return outcomes;
    }

    private static String imageFile(String image) {
        var file = Json.object().put("parley", "image-measurements/1");
        TestClaims.measurement(image).json().members().forEach(file::put);
        return new String(file.build().canonical().toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static TestClaims claims() {
        return TestClaims.at(NOW)
                .nonce(NONCE)
                .pcr(3, ParentRole.register(Optional.of(ROLE)))
                .pcr(16, Pcrs.extend(Pcrs.zero(), POLICY.bytes()));
    }

    private void write(String name, TestClaims claims) throws IOException {
        Files.write(
                folder.resolve(name), PLATFORM.attest(claims.build()).document().toArray());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
