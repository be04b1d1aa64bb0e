package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * Decides whether evidence is what it says, by the checklist of {@code docs/spec/attestation.md} §6. Built from trust
 * roots and nothing else; immutable, so one verifier serves all threads. Whatever the bytes are, the answer is a verdict
 * and never an exception.
 */
public final class AttestationVerifier {
    private final TrustRoots roots;
    private final SignatureFacts facts;

    public AttestationVerifier(TrustRoots roots) {
        this(roots, SignatureFacts.SHARED);
    }

    AttestationVerifier(TrustRoots roots, SignatureFacts facts) {
        this.roots = requireNonNull(roots);
        this.facts = requireNonNull(facts);
    }

    /** Evidence of a live enclave in production mode, answering a nonce: the one way to a {@link VerifiedEnclave}. */
    public Verdict<VerifiedEnclave> verify(Evidence evidence, Freshness freshness) {
        var live = Inspection.at(freshness.now()).withMaxAge(freshness.maxAge()).withNonce(freshness.nonce());
        return judge(evidence, live, true, VerifiedEnclave::new);
    }

    /** Evidence of an enclave in production mode, judged at its own timestamp: for receipts, whenever they are read. */
    public Verdict<ArchivedEnclave> verifyArchived(Evidence evidence) {
        return judge(evidence, Inspection.atDocumentTime(), true, ArchivedEnclave::new);
    }

    /** Any genuine document, of a debug enclave or a NitroTPM too, for people to look at. */
    public Verdict<InspectedEvidence> inspectAllowingDebug(Evidence evidence, Inspection inspection) {
        return judge(evidence, inspection, false, InspectedEvidence::new);
    }

    private <T extends Attested> Verdict<T> judge(
            Evidence evidence,
            Inspection inspection,
            boolean productionEnclave,
            BiFunction<TrustRoot, Claims, T> make) {
        try {
            var cose = CoseSign1.parse(evidence);
            var document = Document.parse(cose.payload());
            var claims = document.claims();
            if (productionEnclave) {
                Refused.unless(claims.kind() == EvidenceKind.ENCLAVE, Reason.WRONG_KIND);
            }
            var root = requireSigned(cose, document, inspection.at().orElse(claims.timestamp()));
            requireExpected(claims, inspection);
            if (productionEnclave) {
                Refused.unless(!claims.pcrs().measurement().debug(), Reason.DEBUG_MODE);
            }
            return new Verdict.Trusted<>(make.apply(root, claims));
        } catch (Refused refused) {
            return new Verdict.Rejected<>(refused.reason());
        }
    }

    private TrustRoot requireSigned(CoseSign1 cose, Document document, Instant time) throws Refused {
        var chain = CertificateChain.parse(document.certificate(), document.cabundle(), roots);
        chain.requireValid(time, document.claims().moduleId(), facts);
        Refused.unless(facts.verifies(chain.leafKey(), cose.toBeSigned(), cose.signature()), Reason.BAD_SIGNATURE);
        return chain.root();
    }

    private static void requireExpected(Claims claims, Inspection inspection) throws Refused {
        if (inspection.at().isPresent() && inspection.maxAge().isPresent()) {
            var distance =
                    Duration.between(claims.timestamp(), inspection.at().get()).abs();
            Refused.unless(distance.compareTo(inspection.maxAge().get()) <= 0, Reason.STALE);
        }
        Refused.unless(
                inspection.nonce().isEmpty() || inspection.nonce().equals(claims.nonce()), Reason.NONCE_MISMATCH);
    }
}
