package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.Mutants.Mutant;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two thousand changes of good documents of our own platform, and as many of AWS's. The verifier is asked in its most
 * lenient way, which takes debug enclaves, NitroTPMs, any nonce and any age: what it refuses there nobody else takes.
 */
@Tag("ATT-5")
@Tag("ATT-6")
class GeneratedMutantsTest {
    private static final int COUNT = 2_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);
    private static final TestPlatform ATTACKER = TestPlatform.at(NOW);

    @Test
    void acceptsNoneOfTwoThousandChangesOfOurOwnDocuments() throws Refused {
        var good = ours();
        var verifier = PLATFORM.verifier();
        var otherModule = PLATFORM.withNewChain(
                NOW, shape -> shape.commonName(shape.commonName().replace("-enc0192", "-enc0193")));

        var mutants = new Mutants(good, ATTACKER, 20260301)
                .signedBy(PLATFORM, otherModule)
                .generate(COUNT);

        assertThat(good)
                .allSatisfy(document -> assertThat(accepted(verifier, document)).isTrue());
        assertThat(reasons(verifier, mutants)).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void acceptsNoneOfTwoThousandChangesOfRealDocuments() throws Exception {
        var good = real();
        var verifier = new AttestationVerifier(TrustRoots.awsNitro());

        var mutants = new Mutants(good, ATTACKER, 20260302).generate(COUNT);

        assertThat(good)
                .hasSizeGreaterThanOrEqualTo(47)
                .allSatisfy(document -> assertThat(accepted(verifier, document)).isTrue());
        assertThat(reasons(verifier, mutants)).hasSizeGreaterThanOrEqualTo(15);
    }

    /** Why they were refused; a mutant that is accepted is named. */
    private static Set<Reason> reasons(AttestationVerifier verifier, List<Mutant> mutants) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        List<String> accepted = new ArrayList<>();
        for (var mutant : mutants) {
            switch (verifier.inspectAllowingDebug(mutant.evidence(), Inspection.atDocumentTime())) {
                case Verdict.Trusted<InspectedEvidence> trusted -> accepted.add(mutant.how());
                case Verdict.Rejected<InspectedEvidence>(var reason) -> reasons.add(reason);
            }
        }
        assertThat(mutants).hasSize(COUNT);
        assertThat(accepted).isEmpty();
        return reasons;
    }

    private static boolean accepted(AttestationVerifier verifier, Evidence document) {
        return verifier.inspectAllowingDebug(document, Inspection.atDocumentTime())
                .trusted()
                .isPresent();
    }

    /** In both forms of the map, with and without the optional fields, in production and in debug mode. */
    private static List<Evidence> ours() {
        List<Evidence> documents = new ArrayList<>();
        for (var i = 0; i < 16; i++) {
            var claims = TestClaims.at(NOW.plusSeconds(i)).pcr(16, Sha384Digest.of(Bytes.utf8("policy " + i)));
            if (i % 2 == 0) {
                claims.nonce(Bytes.utf8("nonce " + i))
                        .publicKey(Bytes.utf8("key " + i))
                        .userData(Bytes.utf8("data " + i));
            }
            var document = PLATFORM.document((i % 8 == 7 ? claims.debug() : claims).build());
            documents.add(AttestationDocument.sign(
                    i % 4 < 2 ? document.payload() : document.definitePayload(), PLATFORM::sign));
        }
        return documents;
    }

    private static List<Evidence> real() throws IOException {
        List<Evidence> documents = new ArrayList<>();
        for (var folder : List.of("real-enclave", "real-nitrotpm")) {
            try (var files = Files.list(Vectors.folder().resolve("attestation").resolve(folder))) {
                for (var file : files.filter(f -> f.toString().endsWith(".cbor"))
                        .sorted()
                        .toList()) {
                    documents.add(new Evidence(Bytes.takeOwnershipOf(Files.readAllBytes(file))));
                }
            }
        }
        return documents;
    }
}
