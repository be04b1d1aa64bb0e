package dev.parley.protocol.attestation;

import dev.parley.protocol.attestation.Verdict.Rejected;
import dev.parley.protocol.attestation.Verdict.Trusted;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told about a document: {@code parley attest verify}. A genuine document of a debug enclave is refused
 * unless the person asks for it, and then named so. A report is no ground to release anything.
 */
public final class EvidenceReport {
    private final Verdict<InspectedEvidence> verdict;

    private EvidenceReport(Verdict<InspectedEvidence> verdict) {
        this.verdict = verdict;
    }

    public static EvidenceReport of(Evidence evidence, TrustRoots roots, Inspection inspection, boolean debugAllowed) {
        var verdict = new AttestationVerifier(roots).inspectAllowingDebug(evidence, inspection);
        var refused = !debugAllowed && verdict.trusted().map(Attested::debug).orElse(false);
        return new EvidenceReport(refused ? new Rejected<>(Reason.DEBUG_MODE) : verdict);
    }

    public boolean accepted() {
        return verdict instanceof Trusted;
    }

    public Optional<Reason> refusal() {
        return verdict.refusal();
    }

    public Optional<InspectedEvidence> evidence() {
        return verdict.trusted();
    }

    /** The report for machines (spec §9): of a refused document only the code, as nothing else of it is known. */
    public Json.Obj json() {
        return switch (verdict) {
            case Trusted(var evidence) -> accepted(evidence);
            case Rejected(var reason) ->
                Json.object()
                        .put("parley", "evidence-report/1")
                        .put("verdict", "refused")
                        .put("code", reason.name())
                        .build();
        };
    }

    private static Json.Obj accepted(InspectedEvidence evidence) {
        return Json.object()
                .put("parley", "evidence-report/1")
                .put("verdict", "accepted")
                .put("trustDomain", evidence.trustDomain().text())
                .put("rootFingerprint", evidence.rootFingerprint().hex())
                .put("kind", evidence.claims().kind().code())
                .put("debug", evidence.debug())
                .put("moduleId", evidence.moduleId())
                .put("timestamp", evidence.timestamp().toString())
                .put("measurement", evidence.measurement().json())
                .put("pcrs", pcrs(evidence.pcrs()))
                .put("publicKey", hex(evidence.publicKey()))
                .put("userData", hex(evidence.userData()))
                .put("nonce", hex(evidence.nonce()))
                .build();
    }

    private static Json.Obj pcrs(Pcrs pcrs) {
        var object = Json.object();
        pcrs.values().forEach((index, value) -> object.put(Integer.toString(index), value.hex()));
        return object.build();
    }

    private static @Nullable String hex(Optional<Bytes> octets) {
        return octets.map(Bytes::hex).orElse(null);
    }
}
