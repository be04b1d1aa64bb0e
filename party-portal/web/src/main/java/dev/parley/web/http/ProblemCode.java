package dev.parley.web.http;

/** The stable codes of this portal's own refusals; {@code docs/errors.md} has a row for each. */
public enum ProblemCode {
    MALFORMED(400, "The request is not well-formed"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    FORBIDDEN(403, "The token does not allow this"),
    NOT_FOUND(404, "There is nothing here for you"),
    METHOD_NOT_ALLOWED(405, "This resource does not take that method"),
    NOT_ACCEPTABLE(406, "This resource has no such form"),
    POLICY_VERSION_TAKEN(409, "This version of the policy has other content"),
    POLICY_VERSION_OLD(409, "A newer version of the policy was signed"),
    DATASET_VERSION_TAKEN(409, "This version of the dataset has another manifest"),
    DATASET_SHREDDED(409, "The key of this version was destroyed"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This resource takes another media type"),
    WRONG_SIGNATURE(422, "The signature does not hold"),
    POLICY_PARTY_MISSING(422, "Your party is not in this bundle"),
    POLICY_OTHER_KEYS(422, "The bundle names other keys for your party"),
    POLICY_PREVIOUS_UNKNOWN(422, "The bundle does not follow the version before it"),
    QUORUM_MISSING(422, "Your party has not signed this bundle"),
    MANIFEST_MISMATCH(422, "The manifest is for something else"),
    WRAPPED_KEY_REFUSED(422, "The wrapped key does not open here"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Something went wrong here"),
    UNAVAILABLE(503, "Not available now");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
