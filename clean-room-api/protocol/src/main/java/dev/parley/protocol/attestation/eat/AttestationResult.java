package dev.parley.protocol.attestation.eat;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Check;
import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Explanation;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepted evidence, as its verifier tells others of it. Never a ground to release a key: that takes the evidence. */
public record AttestationResult(Issuance issuance, Judgement judgement, Claims claims) {
    /** The {@code typ} of the token (RFC 9782 §3). */
    public static final String TYPE = "eat+jwt";

    /** What this project's tokens hold, and how. */
    public static final String PROFILE = "https://parley.dev/spec/attestation-result/1";

    /** CoAP's number for application/json, by which RFC 9711 names the form of measurements. */
    private static final int JSON = 50;

    private static final int LEAST_NONCE = 8;
    private static final int MOST_NONCE = 88;

    public AttestationResult {
        requireNonNull(issuance);
        requireNonNull(judgement);
        requireNonNull(claims);
    }

    /** What one run of the verifier accepted; anything else is a bug of the caller. */
    public static AttestationResult of(Explanation run, Issuance issuance) {
        var evidence = run.genuine()
                .filter(genuine -> run.accepted())
                .orElseThrow(() -> new IllegalArgumentException("only accepted evidence has a result"));
        var judgement = new Judgement(
                evidence.trustDomain(),
                evidence.rootFingerprint(),
                run.evidenceDigest(),
                run.judgedAt().orElseThrow(),
                passed(run, Check.AGE),
                passed(run, Check.NONCE));
        return new AttestationResult(issuance, judgement, evidence.claims());
    }

    private static boolean passed(Explanation run, Check check) {
        return run.checks().stream().anyMatch(result -> result.check() == check && result.passed());
    }

    public Jws sign(SigningKey issuer) {
        return Jws.sign(TYPE, json(), issuer);
    }

    /**
     * Reads a token back.
     *
     * @param now a token that is over, or not yet issued, is malformed
     */
    public static AttestationResult read(Jws token, VerificationKey issuer, Instant now)
            throws BadSignature, Malformed {
        var payload = token.verify(TYPE, issuer);
        var result = read(payload.fields());
        // Everything that follows from something else, and anything more, is judged by this comparison.
        if (!result.json().canonical().equals(payload.canonical())) {
            throw new Malformed("the token's claims contradict one another");
        }
        if (now.isBefore(result.issuance().issuedAt())
                || !now.isBefore(result.issuance().expires())) {
            throw new Malformed("the token is not valid at this time");
        }
        return result;
    }

    private static AttestationResult read(Fields fields) throws Malformed {
        fields.require("eat_profile", PROFILE);
        try {
            return new AttestationResult(
                    new Issuance(
                            fields.string("iss"),
                            Instant.ofEpochSecond(fields.integer("iat")),
                            Instant.ofEpochSecond(fields.integer("exp"))),
                    Judgement.read(fields.object("parley")),
                    Subject.read(fields.object("submods")));
        } catch (IllegalArgumentException e) {
            throw new Malformed("the token's claims are out of range", e);
        }
    }

    /** The claims-set (spec §10). */
    public Json.Obj json() {
        var set = Json.object()
                .put("iss", issuance.issuer())
                .put("iat", issuance.issuedAt().getEpochSecond())
                .put("exp", issuance.expires().getEpochSecond())
                .put("eat_profile", PROFILE)
                .put("measurements", measurements())
                .put("submods", Subject.json(claims))
                .put("parley", judgement.json());
        nonce().ifPresent(nonce -> set.put("eat_nonce", nonce));
        hardware().ifPresent(model -> set.put("hwmodel", model));
        debugStatus().ifPresent(status -> set.put("dbgstat", status));
        return set.build();
    }

    private Json measurements() {
        var registers = Subject.registers(claims.pcrs()).canonical();
        return new Json.Arr(List.of(new Json.Arr(List.of(Json.of(JSON), Json.of(registers)))));
    }

    /** RFC 9711 §4.1 wants 8 to 88 characters; what does not fit stands in the submodule alone. */
    private Optional<String> nonce() {
        return claims.nonce()
                .map(Bytes::base64Url)
                .filter(text -> text.length() >= LEAST_NONCE && text.length() <= MOST_NONCE);
    }

    /** A simulated platform is no hardware, so nothing is said. */
    private Optional<Bytes> hardware() {
        return judgement.trustDomain() == TrustDomain.AWS_NITRO
                ? Optional.of(Bytes.utf8(TrustDomain.AWS_NITRO.text()))
                : Optional.empty();
    }

    /** RFC 9711 §4.2.9. The mode is chosen at launch, for the enclave's whole life; of a NitroTPM nothing is known. */
    private Optional<String> debugStatus() {
        if (claims.kind() != EvidenceKind.ENCLAVE) {
            return Optional.empty();
        }
        return Optional.of(claims.pcrs().measurement().debug() ? "enabled" : "disabled-since-boot");
    }
}
