package dev.parley.protocol.receipt;

import dev.parley.protocol.attestation.ArchivedEnclave;

/** A receipt whose evidence, policy and grants hold. Only {@link ReceiptVerifier} makes one. */
public final class VerifiedReceipt {
    private final Receipt receipt;
    private final ArchivedEnclave enclave;

    VerifiedReceipt(Receipt receipt, ArchivedEnclave enclave) {
        this.receipt = receipt;
        this.enclave = enclave;
    }

    public Receipt receipt() {
        return receipt;
    }

    /** The enclave that attested the receipt. */
    public ArchivedEnclave enclave() {
        return enclave;
    }
}
