package dev.parley.server.identity;

/** Roles of the operator's realm, as tokens carry them. */
public final class Role {
    /** Everyone who acts for a party. */
    public static final String PARTY_MEMBER = "party-member";

    public static final String ANALYST = "analyst";
    public static final String STEWARD = "steward";
    public static final String APPROVER = "approver";

    /** A machine that runs enclaves. */
    public static final String HOST = "host";

    private Role() {}
}
