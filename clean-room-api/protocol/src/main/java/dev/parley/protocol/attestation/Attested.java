package dev.parley.protocol.attestation;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Claims that a chain to a pinned root signed. The type says how much more was checked. */
public sealed interface Attested permits VerifiedEnclave, ArchivedEnclave, InspectedEvidence {
    TrustRoot root();

    Claims claims();

    default TrustDomain trustDomain() {
        return root().trustDomain();
    }

    default Sha256Digest rootFingerprint() {
        return root().fingerprint();
    }

    default String moduleId() {
        return claims().moduleId();
    }

    default Instant timestamp() {
        return claims().timestamp();
    }

    default Pcrs pcrs() {
        return claims().pcrs();
    }

    default Measurement measurement() {
        return pcrs().measurement();
    }

    default boolean debug() {
        return measurement().debug();
    }

    default Optional<Bytes> publicKey() {
        return claims().publicKey();
    }

    default Optional<Bytes> userData() {
        return claims().userData();
    }

    default Optional<Bytes> nonce() {
        return claims().nonce();
    }
}
