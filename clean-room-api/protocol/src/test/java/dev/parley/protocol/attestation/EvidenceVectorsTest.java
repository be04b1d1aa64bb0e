package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents that AWS signed, and documents that somebody made to deceive verifiers. */
class EvidenceVectorsTest {
    @Test
    void recognisesEveryRealDocumentAndRefusesTheDebugOnes() throws Exception {
        var documents = documents("real-enclave/", "real-nitrotpm/");

        for (var document : documents) {
            var mode = document.fields().string("mode");
            var strict = report(document, false);
            var lenient = report(document, true);
            var facts = facts(document);
            assertThat(strict.refusal().map(Enum::name).orElse("accepted"))
                    .as(name(document))
                    .isEqualTo(mode.equals("debug") ? "DEBUG_MODE" : "accepted");
            assertThat(lenient.evidence()).as(name(document)).hasValueSatisfying(evidence -> {
                assertThat(evidence.debug()).isEqualTo(mode.equals("debug"));
                assertThat(evidence.claims().kind() == EvidenceKind.NITROTPM).isEqualTo(mode.equals("nitrotpm"));
                assertThat(evidence.trustDomain()).isEqualTo(TrustDomain.AWS_NITRO);
                assertThat(facts(evidence)).isEqualTo(facts);
            });
        }

        assertThat(documents).hasSizeGreaterThanOrEqualTo(47);
    }

    @Test
    void archivedVerificationAcceptsTheProductionEnclavesAlone() throws Exception {
        var verifier = new AttestationVerifier(TrustRoots.awsNitro());

        for (var document : documents("real-enclave/", "real-nitrotpm/")) {
            var verdict = verifier.verifyArchived(evidence(name(document)));
            var refusal = verdict.refusal().map(Enum::name).orElse("production");
            assertThat(refusal)
                    .as(name(document))
                    .isEqualTo(
                            switch (document.fields().string("mode")) {
                                case "debug" -> "DEBUG_MODE";
                                case "nitrotpm" -> "WRONG_KIND";
                                default -> "production";
                            });
        }
    }

    @Test
    void refusesEveryTamperedAndEveryMockDocument() throws Exception {
        var documents = documents("tampered/", "mock/");

        for (var document : documents) {
            assertThat(report(document, true).accepted()).as(name(document)).isFalse();
        }
        assertThat(documents).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void givesTheVerdictOfEverySyntheticDocument() throws Exception {
        var expected = Vectors.json("attestation/synthetic/expected.json").asObject();
        List<String> judged = new ArrayList<>();

        for (var entry : expected.members().entrySet()) {
            var wanted = entry.getValue().asObject();
            var roots = TrustRoots.of(root(wanted.fields().string("root")));
            var evidence = evidence("synthetic/" + entry.getKey() + ".cbor");
            var report = EvidenceReport.of(evidence, roots, inspection(wanted), false);
            assertThat(report.refusal().map(Enum::name).orElse("accept"))
                    .as(entry.getKey() + ": " + wanted.fields().string("why"))
                    .matches(wanted.fields().string("expect").equals("accept") ? "accept" : "[A-Z_0-9]+");
            judged.add(entry.getKey() + ".cbor");
        }

        assertThat(judged).hasSizeGreaterThanOrEqualTo(90).containsExactlyInAnyOrderElementsOf(files("synthetic"));
    }

    @Test
    void countsAsAwsOnlyUnderThePinnedRoot() throws Exception {
        var simulated = root("sim-root.der");
        var roots = TrustRoots.of(simulated, TrustRoot.awsNitro());

        var report = EvidenceReport.of(evidence("synthetic/ok-low-s.cbor"), roots, Inspection.atDocumentTime(), false);

        assertThat(report.evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.trustDomain()).isEqualTo(TrustDomain.SIMULATED);
            assertThat(evidence.rootFingerprint()).isEqualTo(simulated.fingerprint());
        });
    }

    private static EvidenceReport report(Json.Obj document, boolean debugAllowed) throws IOException, Malformed {
        return EvidenceReport.of(
                evidence(name(document)), TrustRoots.awsNitro(), Inspection.atDocumentTime(), debugAllowed);
    }

    private static Inspection inspection(Json.Obj wanted) throws Malformed {
        assertThat(wanted.fields().string("at")).isEqualTo("document timestamp");
        var inspection = Inspection.atDocumentTime();
        return wanted.members().containsKey("nonce")
                ? inspection.withNonce(wanted.fields().text("nonce", Bytes::parseHex))
                : inspection;
    }

    private static String facts(InspectedEvidence evidence) {
        var nonzero = evidence.pcrs().values().entrySet().stream()
                .filter(pcr -> !pcr.getValue().equals(Pcrs.zero()))
                .map(pcr -> Integer.toString(pcr.getKey()))
                .toList();
        return evidence.moduleId() + " " + evidence.timestamp().toEpochMilli() + " "
                + evidence.pcrs().values().size() + " " + nonzero;
    }

    private static String facts(Json.Obj document) throws Malformed {
        var fields = document.fields();
        var nonzero = fields.array("nonzero_pcrs").stream()
                .map(index -> Long.toString(((Json.Int) index).value()))
                .toList();
        return fields.string("module_id") + " " + fields.integer("timestamp_ms") + " " + fields.integer("pcrs") + " "
                + nonzero;
    }

    /** The documents under these folders: as many as lie there. */
    private static List<Json.Obj> documents(String... folders) throws IOException, Malformed {
        List<Json.Obj> documents = new ArrayList<>();
        var all = ((Json.Arr) Vectors.json("attestation/documents.json")).items();
        for (var folder : folders) {
            List<String> names = new ArrayList<>();
            for (var document : all) {
                if (name(document.asObject()).startsWith(folder)) {
                    documents.add(document.asObject());
                    names.add(name(document.asObject()).substring(folder.length()));
                }
            }
            assertThat(names).containsExactlyInAnyOrderElementsOf(files(folder));
        }
        return documents;
    }

    private static String name(Json.Obj document) throws Malformed {
        return document.fields().string("file");
    }

    private static List<String> files(String folder) throws IOException {
        try (var files = Files.list(attestation().resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cbor"))
                    .toList();
        }
    }

    private static Evidence evidence(String path) throws IOException {
        return new Evidence(bytes(attestation().resolve(path)));
    }

    /** The real root lies one folder higher, as PEM. */
    private static TrustRoot root(String name) throws IOException, Malformed {
        return TrustRoot.parse(bytes(
                name.equals("aws-nitro-root-g1.der")
                        ? attestation().resolve("aws-nitro-root-g1.pem")
                        : attestation().resolve("synthetic").resolve(name)));
    }

    private static Bytes bytes(Path file) throws IOException {
        return Bytes.takeOwnershipOf(Files.readAllBytes(file));
    }

    private static Path attestation() {
        return Vectors.folder().resolve("attestation");
    }
}
