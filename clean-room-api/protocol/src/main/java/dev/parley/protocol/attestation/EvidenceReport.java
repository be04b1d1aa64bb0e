package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told about a document: {@code parley attest verify}. A genuine document of a debug enclave is refused
 * unless the person asks for it, and described in either case. A report is no ground to release anything.
 */
public final class EvidenceReport {
    private final Explanation explanation;

    private EvidenceReport(Explanation explanation) {
        this.explanation = explanation;
    }

    public static EvidenceReport of(Evidence evidence, TrustRoots roots, Inspection inspection, boolean debugAllowed) {
        return new EvidenceReport(new AttestationVerifier(roots).explain(evidence, inspection, debugAllowed));
    }

    public boolean accepted() {
        return explanation.accepted();
    }

    public Optional<Reason> refusal() {
        return explanation.refusal();
    }

    /** What the document says, if it is accepted. */
    public Optional<InspectedEvidence> evidence() {
        return accepted() ? genuine() : Optional.empty();
    }

    /** What the document says, if it is genuine: of a debug enclave too. */
    public Optional<InspectedEvidence> genuine() {
        return explanation.genuine();
    }

    /** The time at which certificates had to be valid; empty where it was the document's own, which cannot be read. */
    public Optional<Instant> judgedAt() {
        return explanation.judgedAt();
    }

    /** The report for machines (spec §9.1): of a document that is not genuine, nothing is known but the reason. */
    public Json.Obj json() {
        return Json.object()
                .put("parley", "evidence-report/1")
                .put("verdict", accepted() ? "accepted" : "refused")
                .put("reason", refusal().map(Enum::name).orElse(null))
                .put("judgedAt", explanation.judgedAt().map(Instant::toString).orElse(null))
                .put("trustDomain", genuine().map(e -> e.trustDomain().text()).orElse(null))
                .put(
                        "rootFingerprint",
                        genuine().map(e -> e.rootFingerprint().hex()).orElse(null))
                .put("kind", genuine().map(e -> e.claims().kind().code()).orElse(null))
                .put("debug", genuine().<Json>map(e -> Json.of(e.debug())).orElseGet(Json.Null::new))
                .put("moduleId", genuine().map(Attested::moduleId).orElse(null))
                .put("timestamp", genuine().map(e -> e.timestamp().toString()).orElse(null))
                .put(
                        "measurement",
                        genuine().<Json>map(e -> e.measurement().json()).orElseGet(Json.Null::new))
                .put("pcrs", genuine().<Json>map(e -> pcrs(e.pcrs())).orElseGet(Json.Null::new))
                .put("publicKey", hex(genuine().flatMap(Attested::publicKey)))
                .put("userData", hex(genuine().flatMap(Attested::userData)))
                .put("nonce", hex(genuine().flatMap(Attested::nonce)))
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
