package dev.parley.cli.result;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.Attested;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.receipt.ReceiptTerms;
import dev.parley.protocol.receipt.ReceiptVerdict;
import dev.parley.protocol.receipt.ReceiptVerifier;
import dev.parley.protocol.receipt.VerifiedReceipt;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Verifies a proof from the policy that it comes with, which the caller has chosen to believe, and pinned roots. */
final class ProofVerifier {
    private final TrustRoots roots;

    ProofVerifier(TrustRoots roots) {
        this.roots = roots;
    }

    /**
     * Takes the steps of {@link ProofStep}.
     *
     * @param known the query that this party asked itself, where it did
     */
    ProofVerdict verify(Proof proof, Optional<RunRequest.Query> known) {
        var request = request(proof.bundle(), proof.runRequest());
        if (request.isEmpty()) {
            return new ProofVerdict.Fails(ProofStep.REQUEST);
        }
        var terms = new ReceiptTerms(
                proof.bundle().digest(),
                known.orElse(request.get().query()),
                brokers(proof.bundle(), request.get()),
                enclave -> isAccepted(proof.bundle(), enclave));
        return switch (new ReceiptVerifier(roots).verify(proof.receipt(), proof.evidence(), terms)) {
            case ReceiptVerdict.Rejected(var reason) -> new ProofVerdict.Fails(ProofStep.of(reason));
            case ReceiptVerdict.Verified(var receipt) -> last(proof, request.get(), receipt);
        };
    }

    private static ProofVerdict last(Proof proof, RunRequest request, VerifiedReceipt receipt) {
        if (!receipt.receipt().subject().run().runRequest().equals(request.digest())) {
            return new ProofVerdict.Fails(ProofStep.ASKED);
        }
        var named = proof.sealed().isEmpty()
                || receipt.receipt().results().stream()
                        .anyMatch(result -> result.ciphertext()
                                .equals(Sha384Digest.of(proof.sealed().get())));
        return named ? new ProofVerdict.Holds(receipt) : new ProofVerdict.Fails(ProofStep.RESULT);
    }

    static Optional<RunRequest> request(PolicyBundle bundle, Jws statement) {
        try {
            var claim = RunRequest.unverifiedClaim(statement);
            var key = bundle.party(claim.party()).flatMap(party -> party.key(KeyUse.RUN, statement.signer()));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            var request = RunRequest.read(statement, key.get().verificationKey());
            var ours = request.room().equals(bundle.room()) && request.policy().equals(bundle.digest());
            return ours ? Optional.of(request) : Optional.empty();
        } catch (BadSignature | Malformed e) {
            return Optional.empty();
        }
    }

    /** The broker key of each owner of the data. A dataset that the policy does not know leaves a grant unaccounted for. */
    private static Map<PartyId, VerificationKey> brokers(PolicyBundle bundle, RunRequest request) {
        var brokers = new LinkedHashMap<PartyId, VerificationKey>();
        for (var version : request.query().datasets()) {
            bundle.dataset(version.dataset())
                    .flatMap(dataset -> bundle.party(dataset.owner()))
                    .ifPresent(owner -> owner.keys(KeyUse.BROKER).stream()
                            .findFirst()
                            .ifPresent(key -> brokers.put(owner.id(), key.verificationKey())));
        }
        return brokers;
    }

    private static boolean isAccepted(PolicyBundle bundle, Attested enclave) {
        var values = bundle.referenceValues();
        return enclave.trustDomain() == values.trustDomain()
                && enclave.rootFingerprint().equals(values.rootFingerprint())
                && values.measurements().stream()
                        .anyMatch(accepted -> accepts(accepted, enclave.measurement())
                                && enclave.timestamp().isBefore(accepted.expires()));
    }

    private static boolean accepts(AcceptedMeasurement accepted, Measurement measurement) {
        return accepted.pcr0().equals(measurement.pcr0())
                && accepted.pcr1().equals(measurement.pcr1())
                && accepted.pcr2().equals(measurement.pcr2());
    }
}
