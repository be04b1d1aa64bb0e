package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One document explained: every step of the checklist as the verifier took it, and what the document says, believed or
 * not. For people; no ground to release or accept anything. Only {@link AttestationVerifier#explain} makes one.
 */
public final class Explanation {
    private final Evidence evidence;
    private final Inspection inspection;
    private final Optional<Reason> refusal;
    private final Trail trail;

    Explanation(Evidence evidence, Inspection inspection, Optional<Reason> refusal, Trail trail) {
        this.evidence = requireNonNull(evidence);
        this.inspection = requireNonNull(inspection);
        this.refusal = requireNonNull(refusal);
        this.trail = requireNonNull(trail);
    }

    public boolean accepted() {
        return refusal.isEmpty();
    }

    public Optional<Reason> refusal() {
        return refusal;
    }

    /** The time at which certificates had to be valid; empty where it was the document's own, which cannot be read. */
    public Optional<Instant> judgedAt() {
        return inspection.at().or(() -> unverifiedClaims().map(Claims::timestamp));
    }

    /** All twenty, in order. */
    public List<CheckResult> checks() {
        return trail.results();
    }

    /** The document if it is genuine: refused for nothing, or for its debug mode alone. */
    public Optional<InspectedEvidence> genuine() {
        return trail.genuine();
    }

    /** The pinned root that the bundle begins with, if it does. A document that names a root is not yet under it. */
    public Optional<TrustRoot> unverifiedRoot() {
        return trail.root();
    }

    /** What the document says, if it could be read. Nobody vouches for it unless it is {@link #genuine}. */
    public Optional<Claims> unverifiedClaims() {
        return trail.document().map(Document::claims);
    }

    /** The certificates that could be read, the root first. Nobody vouches for them unless it is {@link #genuine}. */
    public List<ShownCertificate> unverifiedChain() {
        return trail.certificates().reversed().stream()
                .map(ShownCertificate::of)
                .toList();
    }

    /** Of the whole document. It has a twin with another signature, so this is no replay key. */
    public Sha384Digest evidenceDigest() {
        return Sha384Digest.of(evidence.document());
    }

    /** Bytes of the whole document. */
    public int size() {
        return evidence.document().size();
    }

    /** Bytes of the signed payload, if the envelope could be read. */
    public Optional<Integer> payloadSize() {
        return trail.envelope().map(cose -> cose.payload().size());
    }

    /** For machines (spec §9.2). */
    public Json.Obj json() {
        return Json.object()
                .put("parley", "evidence-explanation/1")
                .put("verdict", accepted() ? "accepted" : "refused")
                .put("reason", refusal.map(Enum::name).orElse(null))
                .put("trustDomain", genuine().map(e -> e.trustDomain().text()).orElse(null))
                .put("judgedAt", judgedAt().map(Instant::toString).orElse(null))
                .put("size", size())
                .put("payloadSize", payloadSize().<Json>map(Json::of).orElseGet(Json.Null::new))
                .put(
                        "document",
                        unverifiedClaims().<Json>map(Explanation::document).orElseGet(Json.Null::new))
                .put("checks", Json.array(checks(), CheckResult::json))
                .put("chain", Json.array(unverifiedChain(), ShownCertificate::json))
                .put(
                        "registers",
                        unverifiedClaims().<Json>map(Explanation::registers).orElseGet(Json.Null::new))
                .build();
    }

    private static Json document(Claims claims) {
        return Json.object()
                .put("kind", claims.kind().code())
                .put("moduleId", claims.moduleId())
                .put("timestamp", claims.timestamp().toString())
                .put("debug", claims.pcrs().measurement().debug())
                .put("instance", claims.instance())
                .put(
                        "namesItsInstance",
                        claims.namesItsInstance().<Json>map(Json::of).orElseGet(Json.Null::new))
                .put("publicKey", claims.publicKey().map(Bytes::hex).orElse(null))
                .put("userData", claims.userData().map(Bytes::hex).orElse(null))
                .put("nonce", claims.nonce().map(Bytes::hex).orElse(null))
                .build();
    }

    private static Json registers(Claims claims) {
        var registers = claims.pcrs().values().entrySet();
        return Json.array(
                List.copyOf(registers),
                register -> Json.object()
                        .put("index", register.getKey())
                        .put("value", register.getValue().hex())
                        .put("meaning", claims.kind().meaning(register.getKey()))
                        .build());
    }
}
