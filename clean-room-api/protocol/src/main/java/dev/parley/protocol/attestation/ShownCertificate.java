package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate of a document says, for people to look at: whether to believe it, the checklist says.
 *
 * @param issuer the name of who signed it, by its own account
 * @param usage what its key may do, in the words of RFC 5280; empty if it does not say
 * @param pathLength how many authorities may follow; empty for a leaf, or without limit
 */
public record ShownCertificate(
        String subject,
        String issuer,
        BigInteger serial,
        Instant notBefore,
        Instant notAfter,
        boolean authority,
        Optional<Integer> pathLength,
        List<String> usage,
        Sha256Digest fingerprint) {
    private static final List<String> USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    public ShownCertificate {
        requireNonNull(subject);
        requireNonNull(issuer);
        requireNonNull(serial);
        requireNonNull(notBefore);
        requireNonNull(notAfter);
        requireNonNull(pathLength);
        requireNonNull(fingerprint);
        usage = List.copyOf(usage);
    }

    static ShownCertificate of(Certificate certificate) {
        var x509 = certificate.x509();
        var length = x509.getBasicConstraints();
        return new ShownCertificate(
                x509.getSubjectX500Principal().getName(),
                x509.getIssuerX500Principal().getName(),
                x509.getSerialNumber(),
                x509.getNotBefore().toInstant(),
                x509.getNotAfter().toInstant(),
                length >= 0,
                length >= 0 && length < Integer.MAX_VALUE ? Optional.of(length) : Optional.empty(),
                usage(x509),
                Sha256Digest.of(certificate.der()));
    }

    private static List<String> usage(X509Certificate x509) {
        List<String> names = new ArrayList<>();
        var bits = x509.getKeyUsage();
        for (var bit = 0; bits != null && bit < USAGES.size(); bit++) {
            if (bits[bit]) {
                names.add(USAGES.get(bit));
            }
        }
        return names;
    }

    public boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    public Json.Obj json() {
        return Json.object()
                .put("subject", subject)
                .put("issuer", issuer)
                .put("serial", serial.toString(16))
                .put("notBefore", notBefore.toString())
                .put("notAfter", notAfter.toString())
                .put("authority", authority)
                .put("pathLength", pathLength.<Json>map(Json::of).orElseGet(Json.Null::new))
                .put("keyUsage", Json.array(usage, Json::of))
                .put("sha256", fingerprint.hex())
                .build();
    }
}
