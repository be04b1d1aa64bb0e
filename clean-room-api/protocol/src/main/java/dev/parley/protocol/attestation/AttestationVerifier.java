package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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
        var demands = new Demands(live, true, true);
        return judge(evidence, demands, demands.trail(), VerifiedEnclave::new);
    }

    /** Evidence of an enclave in production mode, judged at its own timestamp: for receipts, whenever they are read. */
    public Verdict<ArchivedEnclave> verifyArchived(Evidence evidence) {
        var demands = new Demands(Inspection.atDocumentTime(), true, true);
        return judge(evidence, demands, demands.trail(), ArchivedEnclave::new);
    }

    /** Any genuine document, of a debug enclave or a NitroTPM too, for people to look at. */
    public Verdict<InspectedEvidence> inspectAllowingDebug(Evidence evidence, Inspection inspection) {
        var demands = new Demands(inspection, false, false);
        return judge(evidence, demands, demands.trail(), InspectedEvidence::new);
    }

    /** An inspection that tells every step it took and what it saw, of refused documents too. */
    public Explanation explain(Evidence evidence, Inspection inspection, boolean debugAllowed) {
        var demands = new Demands(inspection, false, !debugAllowed);
        var trail = demands.trail();
        var refusal = judge(evidence, demands, trail, InspectedEvidence::new).refusal();
        return new Explanation(evidence, inspection, refusal, trail);
    }

    /** What one run asks beyond form, chain and signature. */
    private record Demands(Inspection inspection, boolean enclave, boolean production) {
        Trail trail() {
            var notAsked = EnumSet.noneOf(Check.class);
            if (!enclave) {
                notAsked.add(Check.KIND);
            }
            if (inspection.maxAge().isEmpty()) {
                notAsked.add(Check.AGE);
            }
            if (inspection.nonce().isEmpty()) {
                notAsked.add(Check.NONCE);
            }
            if (!production) {
                notAsked.add(Check.PRODUCTION);
            }
            return Trail.without(notAsked);
        }
    }

    private <T extends Attested> Verdict<T> judge(
            Evidence evidence, Demands demands, Trail trail, BiFunction<TrustRoot, Claims, T> make) {
        try {
            var cose = CoseSign1.parse(evidence, trail);
            var document = Document.parse(cose.payload(), trail);
            var claims = document.claims();
            if (demands.enclave()) {
                trail.begin(Check.KIND);
                Refused.unless(claims.kind() == EvidenceKind.ENCLAVE, Reason.WRONG_KIND);
            }
            var time = demands.inspection().at().orElse(claims.timestamp());
            var root = requireSigned(cose, document, time, trail);
            requireExpected(claims, demands.inspection(), trail);
            trail.saw(new InspectedEvidence(root, claims));
            if (demands.production()) {
                trail.begin(Check.PRODUCTION);
                Refused.unless(!claims.pcrs().measurement().debug(), Reason.DEBUG_MODE);
            }
            trail.finish();
            return new Verdict.Trusted<>(make.apply(root, claims));
        } catch (Refused refused) {
            trail.refused(refused.reason());
            return new Verdict.Rejected<>(refused.reason());
        }
    }

    private TrustRoot requireSigned(CoseSign1 cose, Document document, Instant time, Trail trail) throws Refused {
        var chain = CertificateChain.parse(document.certificate(), document.cabundle(), roots, trail);
        chain.requireValid(time, document.claims().moduleId(), facts, trail);
        trail.begin(Check.SIGNATURE);
        Refused.unless(facts.verifies(chain.leafKey(), cose.toBeSigned(), cose.signature()), Reason.BAD_SIGNATURE);
        return chain.root();
    }

    private static void requireExpected(Claims claims, Inspection inspection, Trail trail) throws Refused {
        if (inspection.at().isPresent() && inspection.maxAge().isPresent()) {
            trail.begin(Check.AGE);
            var distance =
                    Duration.between(claims.timestamp(), inspection.at().get()).abs();
            Refused.unless(distance.compareTo(inspection.maxAge().get()) <= 0, Reason.STALE);
        }
        if (inspection.nonce().isPresent()) {
            trail.begin(Check.NONCE);
            Refused.unless(inspection.nonce().equals(claims.nonce()), Reason.NONCE_MISMATCH);
        }
    }
}
