package dev.parley.protocol.attestation;

/** Why evidence was refused: the first failed step of the checklist in spec §6. The names are stable codes. */
public enum Reason {
    /** More than 32 KiB, or a payload of more than 16 KiB. Nothing was parsed. */
    TOO_LARGE,
    /** The document begins with a CBOR tag; the security module sends none. */
    TAGGED,
    /** The outside is not one CBOR array of four in strict form, or something follows it. */
    MALFORMED_COSE,
    /** The protected header is not exactly {@code {1: -35}}. */
    WRONG_ALGORITHM,
    /** The unprotected header is not empty. */
    UNPROTECTED_HEADER,
    /** The signature is not exactly 96 bytes. */
    MALFORMED_SIGNATURE,
    /** The payload is not one CBOR map in strict form. */
    MALFORMED_PAYLOAD,
    /** A field is missing, unknown, null or of another type. */
    WRONG_FIELDS,
    /** The module id does not have the form that AWS gives it. */
    MALFORMED_MODULE_ID,
    /** The PCR map and the module id speak of different kinds, or it is not the kind that was asked for. */
    WRONG_KIND,
    /** The digest is not "SHA384". */
    WRONG_DIGEST,
    /** The timestamp is zero, negative or beyond 53 bits. */
    MALFORMED_TIMESTAMP,
    /** A PCR index is not 0 to 31, a value not 48 bytes, or one of PCR0 to PCR4 is missing. */
    MALFORMED_PCRS,
    /** Public key, user data or nonce has more than 1024 bytes. */
    OVERSIZED_FIELD,
    /** The bundle is not a root and one to seven more, or a certificate stands in it twice. */
    MALFORMED_CABUNDLE,
    /** A certificate is not strict DER of 1 to 1024 bytes. */
    MALFORMED_CERTIFICATE,
    /** The first certificate of the bundle is not a pinned root, byte for byte. */
    UNKNOWN_ROOT,
    /** A certificate has a key that is not P-384, or a signature that is not ECDSA with SHA-384. */
    WRONG_CERTIFICATE_ALGORITHM,
    /** An authority may not sign certificates, or the leaf may, or the leaf may not sign. */
    WRONG_KEY_USAGE,
    /** A certificate is not valid yet, or no more, at the time that counts. */
    EXPIRED_CERTIFICATE,
    /** The certificates do not form a path by the rules of RFC 5280. */
    BAD_CHAIN,
    /** The leaf was issued to another module. */
    WRONG_SUBJECT,
    /** The leaf's key did not sign these bytes, or r or s is not between 0 and the order of P-384. */
    BAD_SIGNATURE,
    /** The document is older or newer than the caller allows. */
    STALE,
    /** The nonce is absent or another than the expected one. */
    NONCE_MISMATCH,
    /** PCR0, PCR1 or PCR2 is zero: whoever runs this enclave can read its memory. */
    DEBUG_MODE
}
