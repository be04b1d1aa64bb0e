package dev.parley.protocol.receipt;

import dev.parley.protocol.attestation.ArchivedEnclave;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.receipt.ReceiptVerdict.Reason;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.RunRegisters;
import java.util.Optional;

/** Verifies receipts offline, by the numbered steps of {@code docs/spec/receipt.md} §3, from pinned roots alone. */
public final class ReceiptVerifier {
    private final AttestationVerifier attestation;

    public ReceiptVerifier(TrustRoots roots) {
        this.attestation = new AttestationVerifier(roots);
    }

    public ReceiptVerdict verify(Bytes canonicalReceipt, Evidence evidence, ReceiptTerms terms) {
        final Receipt receipt;
        try {
            receipt = Receipt.parse(canonicalReceipt);
        } catch (Malformed e) {
            return new ReceiptVerdict.Rejected(Reason.RECEIPT_MALFORMED);
        }
        var enclave = attestation.verifyArchived(evidence).trusted();
        if (enclave.isEmpty()) {
            return new ReceiptVerdict.Rejected(Reason.RECEIPT_EVIDENCE_REFUSED);
        }
        return firstFailure(receipt, enclave.get(), terms)
                .<ReceiptVerdict>map(ReceiptVerdict.Rejected::new)
                .orElseGet(() -> new ReceiptVerdict.Verified(new VerifiedReceipt(receipt, enclave.get())));
    }

    private static Optional<Reason> firstFailure(Receipt receipt, ArchivedEnclave enclave, ReceiptTerms terms) {
        if (!enclave.userData().equals(Optional.of(receipt.binding().bytes()))) {
            return Optional.of(Reason.RECEIPT_NOT_BOUND);
        }
        if (!enclave.measurement().equals(receipt.measurement())
                || !terms.acceptable().test(enclave)) {
            return Optional.of(Reason.RECEIPT_MEASUREMENT_NOT_ACCEPTED);
        }
        var role = Optional.of(ParentRole.register(receipt.role()));
        if (!enclave.pcrs().at(ParentRole.INDEX).equals(role)) {
            return Optional.of(Reason.RECEIPT_ROLE_UNPROVEN);
        }
        var run = receipt.subject().run();
        var registers = RunRegisters.of(run.policy(), run.query());
        if (!run.policy().equals(terms.policy()) || !registers.bindPolicyIn(enclave.pcrs())) {
            return Optional.of(Reason.RECEIPT_OTHER_POLICY);
        }
        var query = new QueryIdentity(terms.query(), receipt.measurement(), terms.policy()).digest();
        if (!run.query().equals(query)
                || !registers.bindQueryIn(enclave.pcrs())
                || !receipt.subject().template().equals(terms.query().template())
                || !receipt.datasets().equals(terms.query().datasets())) {
            return Optional.of(Reason.RECEIPT_OTHER_QUERY);
        }
        return grantsHold(receipt, terms) ? Optional.empty() : Optional.of(Reason.RECEIPT_GRANTS_REFUSED);
    }

    private static boolean grantsHold(Receipt receipt, ReceiptTerms terms) {
        try {
            return Grants.verify(receipt.grants(), terms.brokers())
                    .run()
                    .equals(receipt.subject().run());
        } catch (BadSignature | Malformed e) {
            return false;
        }
    }
}
