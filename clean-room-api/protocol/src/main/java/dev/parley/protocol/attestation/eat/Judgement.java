package dev.parley.protocol.attestation.eat;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.time.Instant;

/**
 * Under what the evidence was accepted.
 *
 * @param evidence SHA-384 of the whole document, which the issuer has seen
 * @param judgedAt when its certificates had to be valid
 * @param ageChecked, nonceChecked whether it was a live answer: else it may be old, and anybody's
 */
public record Judgement(
        TrustDomain trustDomain,
        Sha256Digest root,
        Sha384Digest evidence,
        Instant judgedAt,
        boolean ageChecked,
        boolean nonceChecked) {
    public Judgement {
        requireNonNull(trustDomain);
        requireNonNull(root);
        requireNonNull(evidence);
        requireNonNull(judgedAt);
    }

    static Judgement read(Fields fields) throws Malformed {
        return new Judgement(
                fields.text("trustDomain", TrustDomain::parse),
                fields.text("rootSha256", Sha256Digest::parse),
                fields.text("evidenceSha384", Sha384Digest::parse),
                fields.instant("judgedAt"),
                fields.bool("ageChecked"),
                fields.bool("nonceChecked"));
    }

    Json.Obj json() {
        return Json.object()
                .put("trustDomain", trustDomain.text())
                .put("simulated", trustDomain == TrustDomain.SIMULATED)
                .put("rootSha256", root.hex())
                .put("evidenceSha384", evidence.hex())
                .put("judgedAt", judgedAt.toString())
                .put("ageChecked", ageChecked)
                .put("nonceChecked", nonceChecked)
                .build();
    }
}
