package dev.parley.protocol.attestation.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published folders: what lies there, and what the generator makes, get the verdicts that they name. */
class EvidenceVectorFoldersTest {
    private static final Path FOLDER = Path.of("../../docs/vectors/attestation");

    @Test
    void everyFolderGetsItsVerdict() throws Exception {
        var root = TrustRoot.parse(EvidenceVector.bytes(FOLDER.resolve("root.der")));

        for (var vector : published()) {
            assertThat(vector.judge(root))
                    .as(vector.name() + ": " + vector.what())
                    .isEqualTo(vector.reason());
        }
    }

    @Test
    void everyReasonHasAFolder() throws Exception {
        var shown = new TreeSet<Reason>();
        for (var vector : published()) {
            vector.reason().ifPresent(shown::add);
        }

        assertThat(shown).containsExactly(Reason.values());
    }

    @Test
    void theGeneratorMakesExactlyTheseFoldersWithTheseVerdicts() throws Exception {
        var bench = new Bench();
        var made = WriteVectors.all(bench);

        assertThat(made).extracting(EvidenceVector::name).doesNotHaveDuplicates();
        assertThat(made)
                .extracting(EvidenceVector::name)
                .containsExactlyInAnyOrderElementsOf(
                        published().stream().map(EvidenceVector::name).toList());
        assertThat(made).hasSizeGreaterThan(100);
        for (var vector : made) {
            assertThat(vector.judge(bench.platform().root()))
                    .as(vector.name() + ": " + vector.what())
                    .isEqualTo(vector.reason());
        }
    }

    /** Each is wrong in one place: without that rule it would be accepted, so the rule is what refuses it. */
    @Test
    void whatIsRefusedForItsOccasionAloneIsGenuine() throws Exception {
        var root = TrustRoot.parse(EvidenceVector.bytes(FOLDER.resolve("root.der")));
        var occasions = List.of(Reason.STALE, Reason.NONCE_MISMATCH, Reason.DEBUG_MODE);

        for (var vector : published()) {
            if (vector.reason().filter(occasions::contains).isPresent()) {
                var genuine = new AttestationVerifier(TrustRoots.of(root))
                        .inspectAllowingDebug(vector.evidence(), Inspection.atDocumentTime());
                assertThat(genuine.refusal()).as(vector.name()).isEqualTo(Optional.empty());
            }
        }
    }

    private static List<EvidenceVector> published() throws Exception {
        List<EvidenceVector> vectors = new ArrayList<>();
        try (var folders = Files.list(FOLDER)) {
            var sorted = folders.filter(Files::isDirectory).toArray(Path[]::new);
            Arrays.sort(sorted);
            for (var folder : sorted) {
                vectors.add(EvidenceVector.read(folder));
            }
        }
        return vectors;
    }
}
