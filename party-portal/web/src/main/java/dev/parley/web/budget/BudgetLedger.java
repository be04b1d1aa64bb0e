package dev.parley.web.budget;

import dev.parley.protocol.crypto.Sha384Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * Reservations and charges. Each method is one transaction; of callers at once, no more succeed than the budget covers.
 */
public interface BudgetLedger {
    /**
     * Sets a charge aside until the grant expires. What this (query digest, seed commitment) was charged before is free.
     *
     * @return why not, or empty once it is reserved
     */
    Optional<LedgerRefusal> reserve(Reservation reservation, Instant now);

    /** The reservation of a grant, by the digest of the grant's payload. */
    Optional<Reservation> reservation(Sha384Digest grant);

    /**
     * Turns a reservation into a charge, once per (query digest, seed commitments), and counts the release. The same
     * reservation again counts nothing: its keys go to the same enclave.
     *
     * @return why not, or empty once it is charged for good
     */
    Optional<LedgerRefusal> charge(Reservation reservation, Sha384Digest seedCommitments, Instant now);
}
