package dev.parley.server.http;

/** The stable codes of this server's own refusals; {@code docs/errors.md} has a row for each. */
public enum ProblemCode {
    MALFORMED(400, "The request is not well-formed"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    FORBIDDEN(403, "The token does not allow this"),
    TOKEN_WITHOUT_PARTY(403, "The token names no party"),
    NOT_FOUND(404, "There is nothing here for you"),
    METHOD_NOT_ALLOWED(405, "This resource does not take that method"),
    NOT_ACCEPTABLE(406, "This resource has no such form"),
    POLICY_VERSION_TAKEN(409, "This version of the policy has other content"),
    DATASET_VERSION_TAKEN(409, "This version of the dataset has another manifest"),
    UPLOAD_OFFSET_MISMATCH(409, "The upload continues at another offset"),
    UPLOAD_IN_PROGRESS(409, "Another request is writing to this upload"),
    UPLOAD_COMPLETE(409, "The ciphertext is already there"),
    RUN_NOT_DELIVERED(409, "The run has no result"),
    LEASE_LOST(409, "The lease is no longer yours"),
    TUS_VERSION_UNSUPPORTED(412, "Uploads are tus 1.0.0"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This resource takes another media type"),
    RANGE_NOT_SATISFIABLE(416, "No such range"),
    WRONG_SIGNATURE(422, "The signature does not hold"),
    POLICY_PARTY_MISSING(422, "Your party is not in this bundle"),
    POLICY_PREVIOUS_UNKNOWN(422, "The bundle does not follow the version before it"),
    POLICY_OTHER_LOG(422, "The bundle names another log"),
    POLICY_NOT_ACTIVE(422, "The room has no active policy"),
    MANIFEST_MISMATCH(422, "The manifest does not fit the policy"),
    DATASET_VERSION_NOT_NEXT(422, "Dataset versions count up by one"),
    DATASET_NOT_READY(422, "A dataset version is not there"),
    UPLOAD_LENGTH_MISMATCH(422, "The upload has another length than the manifest"),
    UPLOAD_DIGEST_MISMATCH(422, "The upload is not what the manifest names"),
    RECEIPT_MISMATCH(422, "The receipt does not fit the run"),
    RUN_REQUEST_OTHER_PARTY(422, "The request is another party's"),
    RATE_LIMITED(429, "Too many requests"),
    UPLOAD_CHECKSUM_MISMATCH(460, "The part has another checksum"),
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
