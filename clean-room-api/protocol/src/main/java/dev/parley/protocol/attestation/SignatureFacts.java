package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import java.security.interfaces.ECPublicKey;

/**
 * Which certificates were seen to be signed by which keys. That is arithmetic: it holds at any time and under any root,
 * so remembering it makes no verifier milder. Everything that may change its answer (dates, names, constraints, the
 * root) is judged anew each time. Thread-safe.
 *
 * <p>It cannot be led astray: a fact is named by every byte of the certificate, signature included, and every byte of
 * the key; only verified signatures are facts; and of a flood of them the least recently used are forgotten.
 */
final class SignatureFacts {
    /** Many times what one party meets: a room's enclaves share authorities, and a leaf serves for three hours. */
    static final int CERTIFICATES = 512;

    /** Fewer, since a key in use carries 20 KiB of multiples of its point, which halve the time of a verification. */
    static final int KEYS = 64;

    /** One for the process: verifiers are made where they are needed, and authorities outlive them. */
    static final SignatureFacts SHARED = new SignatureFacts(CERTIFICATES, KEYS);

    private final RecentlyUsed<Fact, Boolean> facts;
    private final RecentlyUsed<Bytes, VerificationKey> keys;

    SignatureFacts(int certificates, int keys) {
        this.facts = new RecentlyUsed<>(certificates);
        this.keys = new RecentlyUsed<>(keys);
    }

    /**
     * That a key signed a certificate.
     *
     * @param certificate all of its DER
     * @param issuerKey the DER of the SubjectPublicKeyInfo
     */
    private record Fact(Bytes certificate, Bytes issuerKey) {
        Fact {
            requireNonNull(certificate);
            requireNonNull(issuerKey);
        }
    }

    /** Whether the key, which is of P-384, signed the certificate. */
    boolean isSignedBy(Certificate certificate, ECPublicKey issuer) {
        var fact = new Fact(certificate.der(), encoded(issuer));
        if (facts.find(fact).isPresent()) {
            return true;
        }
        var signed = verifies(
                issuer, certificate.signed().body(), certificate.signed().signature());
        if (signed) {
            facts.keep(fact, true);
        }
        return signed;
    }

    /** Whether the key, which is of P-384, signed the message. Keeps the key, not the answer. */
    boolean verifies(ECPublicKey key, Bytes message, Bytes signature) {
        var known = keys.find(encoded(key)).orElseGet(() -> new VerificationKey(key));
        var verified = known.verifies(message, signature);
        if (verified) {
            keys.keep(encoded(key), known);
        }
        return verified;
    }

    /** How many facts and keys are remembered. */
    int size() {
        return facts.size() + keys.size();
    }

    private static Bytes encoded(ECPublicKey key) {
        return Bytes.takeOwnershipOf(key.getEncoded());
    }
}
