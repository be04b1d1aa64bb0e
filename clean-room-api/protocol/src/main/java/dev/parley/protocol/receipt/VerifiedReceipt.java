package dev.parley.protocol.receipt;

/** A receipt whose evidence, policy and grants hold. Only {@link ReceiptVerifier} makes one. */
public final class VerifiedReceipt {
    private final Receipt receipt;

    VerifiedReceipt(Receipt receipt) {
        this.receipt = receipt;
    }

    public Receipt receipt() {
        return receipt;
    }
}
