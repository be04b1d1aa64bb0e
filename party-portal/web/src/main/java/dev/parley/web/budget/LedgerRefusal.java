package dev.parley.web.budget;

/** Why the ledger does not cover a run. Stable codes, in the order in which they are checked. */
public enum LedgerRefusal {
    RESERVATION_LAPSED,
    /** The run request's id was used for another request. */
    RUN_REQUEST_REUSED,
    /** An exact query other than the first of a lineage. */
    GUARD_REQUIRED,
    BUDGET_EXHAUSTED,
    RELEASES_EXHAUSTED,
    RUNS_PER_DAY_EXHAUSTED
}
