package dev.parley.web.release;

import dev.parley.policy.approval.Approvals;
import dev.parley.policy.approval.Standing;
import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.InspectedEvidence;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.Verdict;
import dev.parley.protocol.attestation.VerifiedEnclave;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogKey;
import dev.parley.protocol.log.MerkleProof;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks of {@code key-release.md} §6 that need no memory but the challenge, in their order. */
public final class RunExamination {
    private static final Duration MAX_AGE = Duration.ofMinutes(2);

    private final TrustRoots roots;

    /** Evidence counts only under these roots, and of them only under the one that the room's bundle names. */
    public RunExamination(TrustRoots roots) {
        this.roots = roots;
    }

    /** What was shown, and found to hold. */
    record Examined(VerifiedEnclave enclave, VerifiedRun run, QueryDigest query, TreeHead logHead) {}

    /** The run request, signed by a run key of the policy and valid now. */
    RunRequest requestOf(SignedPolicy policy, Jws signed, Instant now) throws ReleaseRefusal {
        try {
            var claim = RunRequest.unverifiedClaim(signed);
            var key = policy.bundle().party(claim.party()).flatMap(p -> p.key(KeyUse.RUN, signed.signer()));
            if (key.isPresent()) {
                var request = RunRequest.read(signed, key.get().verificationKey());
                if (request.party().equals(claim.party()) && request.validity().covers(now)) {
                    return request;
                }
            }
        } catch (BadSignature | Malformed e) {
            throw new ReleaseRefusal(RunVerdict.Reason.RUN_REQUEST_REFUSED.name(), "");
        }
        throw new ReleaseRefusal(RunVerdict.Reason.RUN_REQUEST_REFUSED.name(), "");
    }

    /**
     * The nonce of evidence that some platform really signed just now: nothing else can use up a challenge. {@link
     * #examine} verifies the evidence in full.
     */
    Bytes nonceOf(PrepareRequest request, Instant now) throws ReleaseRefusal {
        var inspection = Inspection.at(now).withMaxAge(MAX_AGE);
        return switch (new AttestationVerifier(roots).inspectAllowingDebug(evidence(request), inspection)) {
            case Verdict.Trusted<InspectedEvidence>(var inspected) ->
                inspected.nonce().orElseThrow(() -> new ReleaseRefusal(ReleaseCode.CHALLENGE_UNKNOWN));
            case Verdict.Rejected<InspectedEvidence>(var reason) ->
                throw new ReleaseRefusal(ReleaseCode.EVIDENCE_REFUSED.name(), reason.name());
        };
    }

    Examined examine(PrepareRequest request, Challenge challenge, SignedPolicy policy, Instant now)
            throws ReleaseRefusal {
        var enclave = verifyEvidence(request, challenge, policy, now);
        requirePolicy(request, policy, now);
        requireMeasurement(enclave, policy.bundle().referenceValues(), now);
        requirePolicyRegister(enclave, policy);
        var run = verifyRun(request, challenge, policy, now);
        requireTrustDomain(enclave, run);
        var query = requireQueryRegister(enclave, run, policy);
        var checkpoint = requireLog(request, challenge, policy);
        requireBinding(enclave, request, run, checkpoint.head());
        return new Examined(enclave, run, query, checkpoint.head());
    }

    private VerifiedEnclave verifyEvidence(
            PrepareRequest request, Challenge challenge, SignedPolicy policy, Instant now) throws ReleaseRefusal {
        var named = policy.bundle().referenceValues();
        var freshness = new Freshness(challenge.nonce(), now, MAX_AGE);
        return switch (new AttestationVerifier(rootNamedBy(named)).verify(evidence(request), freshness)) {
            case Verdict.Trusted<VerifiedEnclave>(var enclave) -> enclave;
            case Verdict.Rejected<VerifiedEnclave>(var reason) ->
                throw new ReleaseRefusal(ReleaseCode.EVIDENCE_REFUSED.name(), reason.name());
        };
    }

    /** Of this installation's roots, the one that the bundle names, if it is one of the named domain. */
    private TrustRoots rootNamedBy(ReferenceValues named) throws ReleaseRefusal {
        for (var root : roots.roots()) {
            if (root.fingerprint().equals(named.rootFingerprint()) && root.trustDomain() == named.trustDomain()) {
                return TrustRoots.of(root);
            }
        }
        throw new ReleaseRefusal(ReleaseCode.EVIDENCE_REFUSED.name(), "UNKNOWN_ROOT");
    }

    static void requirePolicy(PrepareRequest request, SignedPolicy policy, Instant now) throws ReleaseRefusal {
        if (!request.policy().bundle().equals(policy.bundle().canonical())) {
            throw new ReleaseRefusal(ReleaseCode.POLICY_NOT_NEWEST);
        }
        var standing = Approvals.activate(policy.bundle(), request.policy().approvals(), now);
        if (standing instanceof Standing.Inactive(var reason, var party, var detail)) {
            throw new ReleaseRefusal(reason.name(), detail);
        }
    }

    private static void requireMeasurement(VerifiedEnclave enclave, ReferenceValues values, Instant now)
            throws ReleaseRefusal {
        if (values.measurements().stream().noneMatch(accepted -> accepts(accepted, enclave, now))) {
            throw new ReleaseRefusal(ReleaseCode.MEASUREMENT_NOT_ACCEPTED);
        }
    }

    private static boolean accepts(AcceptedMeasurement accepted, VerifiedEnclave enclave, Instant now) {
        var measurement = new Measurement(accepted.pcr0(), accepted.pcr1(), accepted.pcr2());
        return measurement.equals(enclave.measurement()) && now.isBefore(accepted.expires());
    }

    private static VerifiedRun verifyRun(PrepareRequest request, Challenge challenge, SignedPolicy policy, Instant now)
            throws ReleaseRefusal {
        var payload = Sha384Digest.of(request.runRequest().unverifiedPayload());
        if (!payload.equals(challenge.subject().runRequest())) {
            throw new ReleaseRefusal(RunVerdict.Reason.RUN_REQUEST_REFUSED.name(), "");
        }
        return switch (new RunVerifier(policy.bundle()).verify(request.runRequest(), request.manifests(), now)) {
            case RunVerdict.Accepted(var run) -> run;
            case RunVerdict.Rejected(var reason) -> throw new ReleaseRefusal(reason.name(), "");
            case RunVerdict.Forbidden(var refusal) ->
                throw new ReleaseRefusal(refusal.code().name(), refusal.rule());
        };
    }

    /** Each owner says in its manifest which domain may open its data, whatever the bundle says. */
    private static void requireTrustDomain(VerifiedEnclave enclave, VerifiedRun run) throws ReleaseRefusal {
        if (run.manifests().stream().anyMatch(manifest -> manifest.trustDomain() != enclave.trustDomain())) {
            throw new ReleaseRefusal(ReleaseCode.TRUST_DOMAIN_REFUSED);
        }
    }

    private static void requirePolicyRegister(VerifiedEnclave enclave, SignedPolicy policy) throws ReleaseRefusal {
        var extended = Pcrs.extend(Pcrs.zero(), policy.digest().digest().bytes());
        if (!enclave.pcrs().at(RunRegisters.POLICY_INDEX).equals(Optional.of(extended))) {
            throw new ReleaseRefusal(ReleaseCode.POLICY_NOT_MEASURED);
        }
    }

    private static QueryDigest requireQueryRegister(VerifiedEnclave enclave, VerifiedRun run, SignedPolicy policy)
            throws ReleaseRefusal {
        var query = new QueryIdentity(run.request().query(), enclave.measurement(), policy.digest()).digest();
        if (!RunRegisters.of(policy.digest(), query).bindQueryIn(enclave.pcrs())) {
            throw new ReleaseRefusal(ReleaseCode.QUERY_NOT_MEASURED);
        }
        return query;
    }

    private static Checkpoint requireLog(PrepareRequest request, Challenge challenge, SignedPolicy policy)
            throws ReleaseRefusal {
        try {
            var log = policy.bundle().log();
            var checkpoint =
                    Checkpoint.verify(request.log().checkpoint(), LogKey.parse(log.origin(), log.ed25519PublicKey()));
            if (extendsHead(challenge.lastSeen(), checkpoint.head(), request)) {
                return checkpoint;
            }
        } catch (BadSignature | Malformed e) {
            throw new ReleaseRefusal(ReleaseCode.LOG_INCONSISTENT);
        }
        throw new ReleaseRefusal(ReleaseCode.LOG_INCONSISTENT);
    }

    private static boolean extendsHead(Optional<TreeHead> lastSeen, TreeHead head, PrepareRequest request) {
        return lastSeen.isEmpty()
                || MerkleProof.consistent(lastSeen.get(), head, request.log().consistency());
    }

    private static void requireBinding(
            VerifiedEnclave enclave, PrepareRequest request, VerifiedRun run, TreeHead logHead) throws ReleaseRefusal {
        var recipients = run.recipients().entrySet().stream()
                .map(recipient -> new ReleaseBinding.Recipient(
                        recipient.getKey(), recipient.getValue().thumbprint()))
                .toList();
        var binding = new ReleaseBinding(run.request().digest(), recipients, request.configuration(), logHead);
        if (!enclave.userData().equals(Optional.of(binding.digest().bytes()))) {
            throw new ReleaseRefusal(ReleaseCode.BINDING_MISMATCH);
        }
    }

    private static Evidence evidence(PrepareRequest request) throws ReleaseRefusal {
        if (request.evidence().size() > Evidence.MAX_SIZE) {
            throw new ReleaseRefusal(ReleaseCode.EVIDENCE_REFUSED.name(), "TOO_LARGE");
        }
        return new Evidence(request.evidence());
    }
}
