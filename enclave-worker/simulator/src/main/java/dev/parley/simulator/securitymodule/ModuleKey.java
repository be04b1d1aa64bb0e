package dev.parley.simulator.securitymodule;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.simulator.pki.Authorities;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The key that signs one enclave's evidence, with its certificate: used while its certificate serves, then replaced. */
final class ModuleKey {
    private final EnclaveId enclave;
    private final Authorities authorities;
    private final SecureRandom random;
    private final EvidenceForm form;
    private @Nullable Certified current;

    /** A key and what certifies it. */
    private static final class Certified {
        private final SigningKey key;
        private final Authorities.Issued certificates;

        Certified(SigningKey key, Authorities.Issued certificates) {
            this.key = key;
            this.certificates = certificates;
        }
    }

    ModuleKey(EnclaveId enclave, Authorities authorities, SecureRandom random, EvidenceForm form) {
        this.enclave = enclave;
        this.authorities = authorities;
        this.random = random;
        this.form = form;
    }

    Evidence sign(Claims claims) {
        var certified = certifiedAt(claims.timestamp());
        var document = new AttestationDocument(
                claims, certified.certificates.certificate(), certified.certificates.cabundle());
        return AttestationDocument.sign(form.payload(document), certified.key::sign);
    }

    private Certified certifiedAt(Instant now) {
        var there = current;
        if (there != null && there.certificates.servesAt(now)) {
            return there;
        }
        var key = SigningKey.generate(random);
        var fresh = new Certified(key, authorities.issue(enclave.moduleId(), enclave.number(), key.verificationKey()));
        current = fresh;
        return fresh;
    }
}
