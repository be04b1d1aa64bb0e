package dev.parley.protocol.receipt;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Attested;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RunRequest;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a client knows of its own before it looks at a receipt.
 *
 * @param policy the digest of the bundle that it knows
 * @param query what was asked
 * @param brokers the broker key of each party whose data the query reads, from that bundle
 * @param acceptable whether the bundle's reference values accept this enclave: domain, root and measurement at its time
 */
public record ReceiptTerms(
        PolicyDigest policy,
        RunRequest.Query query,
        Map<PartyId, VerificationKey> brokers,
        Predicate<Attested> acceptable) {
    public ReceiptTerms {
        requireNonNull(policy);
        requireNonNull(query);
        requireNonNull(acceptable);
        brokers = Map.copyOf(brokers);
    }
}
