package dev.parley.policy.bundle;

/** What a query may do with a column. */
public enum ColumnRole {
    /** Joins and counts of distinct people only. */
    IDENTITY,
    /** Groups and filters. */
    DIMENSION,
    /** Aggregates only, clamped to declared bounds. */
    MEASURE,
    /** Is compared with constants only. */
    FILTER,
    /** Nothing: the column is sealed and never read. */
    HIDDEN;

    public String text() {
        return Form.text(this);
    }
}
