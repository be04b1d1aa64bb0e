package dev.parley.web.release;

/** The broker's own reasons, beside those of evidence, approvals, runs, the policy checker and the ledger. */
public enum ReleaseCode {
    MALFORMED_REQUEST,
    ROOM_UNKNOWN,
    CHALLENGE_UNKNOWN,
    EVIDENCE_REFUSED,
    POLICY_NOT_NEWEST,
    MEASUREMENT_NOT_ACCEPTED,
    POLICY_NOT_MEASURED,
    TRUST_DOMAIN_REFUSED,
    DATASET_UNKNOWN,
    QUERY_NOT_MEASURED,
    BINDING_MISMATCH,
    LOG_INCONSISTENT,
    GRANTS_REFUSED,
    RESERVATION_LAPSED
}
