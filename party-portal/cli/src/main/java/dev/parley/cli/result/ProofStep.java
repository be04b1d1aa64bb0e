package dev.parley.cli.result;

/** What is checked of a proof, in this order; the codes are those of {@code docs/errors.md}. */
enum ProofStep {
    REQUEST("run request", "a run key of a party in this policy signed the question", "RUN_REQUEST_REFUSED"),
    RECEIPT("receipt", "the receipt is canonical and complete", "RECEIPT_MALFORMED"),
    EVIDENCE("evidence", "an enclave in production mode under the trust root made it", "RECEIPT_EVIDENCE_REFUSED"),
    BINDING("binding", "the evidence attests exactly this receipt", "RECEIPT_NOT_BOUND"),
    MEASUREMENT(
            "measurement",
            "the policy accepts this program, trust domain and root",
            "RECEIPT_MEASUREMENT_NOT_ACCEPTED"),
    ROLE("isolation", "the evidence proves the isolation that the receipt states", "RECEIPT_ROLE_UNPROVEN"),
    POLICY("policy", "the enclave was bound to exactly this policy", "RECEIPT_OTHER_POLICY"),
    QUERY("query", "it answered exactly this question on exactly these data", "RECEIPT_OTHER_QUERY"),
    GRANTS("grants", "every owner's key broker granted this run", "RECEIPT_GRANTS_REFUSED"),
    ASKED("first request", "the receipt names this very run request", "RECEIPT_OTHER_QUERY"),
    RESULT("result", "the sealed result is the one that left the enclave", "RESULT_NOT_OURS");

    private final String title;
    private final String meaning;
    private final String code;

    ProofStep(String title, String meaning, String code) {
        this.title = title;
        this.meaning = meaning;
        this.code = code;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    String code() {
        return code;
    }

    static ProofStep of(dev.parley.protocol.receipt.ReceiptVerdict.Reason reason) {
        return switch (reason) {
            case RECEIPT_MALFORMED -> RECEIPT;
            case RECEIPT_EVIDENCE_REFUSED -> EVIDENCE;
            case RECEIPT_NOT_BOUND -> BINDING;
            case RECEIPT_MEASUREMENT_NOT_ACCEPTED -> MEASUREMENT;
            case RECEIPT_ROLE_UNPROVEN -> ROLE;
            case RECEIPT_OTHER_POLICY -> POLICY;
            case RECEIPT_OTHER_QUERY -> QUERY;
            case RECEIPT_GRANTS_REFUSED -> GRANTS;
        };
    }
}
