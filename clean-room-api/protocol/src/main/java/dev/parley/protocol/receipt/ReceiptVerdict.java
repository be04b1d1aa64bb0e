package dev.parley.protocol.receipt;

import static java.util.Objects.requireNonNull;

/** What a client concluded about a receipt. */
public sealed interface ReceiptVerdict {
    record Verified(VerifiedReceipt receipt) implements ReceiptVerdict {
        public Verified {
            requireNonNull(receipt);
        }
    }

    record Rejected(Reason reason) implements ReceiptVerdict {
        public Rejected {
            requireNonNull(reason);
        }
    }

    /** The first failed step of {@code receipt.md} §3. The names are stable codes. */
    enum Reason {
        RECEIPT_MALFORMED,
        RECEIPT_EVIDENCE_REFUSED,
        RECEIPT_NOT_BOUND,
        RECEIPT_MEASUREMENT_NOT_ACCEPTED,
        RECEIPT_ROLE_UNPROVEN,
        RECEIPT_OTHER_POLICY,
        RECEIPT_OTHER_QUERY,
        RECEIPT_GRANTS_REFUSED
    }
}
