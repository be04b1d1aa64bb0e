package dev.parley.web.http;

/** Roles of the party's own realm, as tokens carry them. Whoever signs in there may read; changes need the role. */
public final class Role {
    public static final String ANALYST = "analyst";
    public static final String STEWARD = "steward";
    public static final String APPROVER = "approver";

    private Role() {}
}
