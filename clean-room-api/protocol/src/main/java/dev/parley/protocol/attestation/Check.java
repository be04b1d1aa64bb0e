package dev.parley.protocol.attestation;

import static dev.parley.protocol.attestation.Reason.*;

import java.util.Set;

/**
 * The checklist of {@code docs/spec/attestation.md} §6, in its order and with its numbers. A verifier takes these steps
 * and no others, so that what is shown to people is what was done.
 */
public enum Check {
    SIZE("the document has at most 32 KiB", "No reader was made to work on more than a document can be.", TOO_LARGE),
    UNTAGGED(
            "it does not begin with a tag",
            "It has the form in which a security module hands documents out.",
            Reason.TAGGED),
    ENVELOPE(
            "it is one array of four in strict CBOR, with nothing behind it",
            "Every reader takes these bytes for the same four parts.",
            MALFORMED_COSE),
    HEADERS(
            "the protected header says ES384 and nothing else, the unprotected one is empty",
            "Nobody can choose a weaker algorithm, or slip in what no signature covers.",
            WRONG_ALGORITHM,
            UNPROTECTED_HEADER),
    PAYLOAD_AND_SIGNATURE(
            "the payload is attached and has 1 to 16384 bytes, the signature has 96",
            "What is signed is here, and the signature has the one size that it can have.",
            MALFORMED_COSE,
            MALFORMED_PAYLOAD,
            TOO_LARGE,
            MALFORMED_SIGNATURE),
    FIELDS(
            "the payload is one map in strict CBOR with exactly the nine fields, each of its type",
            "Nothing is missing, doubled or added.",
            MALFORMED_PAYLOAD,
            WRONG_FIELDS),
    VALUES(
            "registers, module id, digest, timestamp and optional fields have the form of Nitro's",
            "Every value means what its field's name says.",
            MALFORMED_PCRS,
            MALFORMED_MODULE_ID,
            WRONG_KIND,
            WRONG_DIGEST,
            MALFORMED_TIMESTAMP,
            OVERSIZED_FIELD),
    KIND("it speaks of an enclave", "It is no document of a parent instance.", WRONG_KIND),
    BUNDLE(
            "the bundle has two to eight certificates, none of them twice, the leaf included",
            "There is one chain to judge.",
            MALFORMED_CABUNDLE),
    ROOT(
            "the bundle begins with a pinned root, byte for byte",
            "Whose word this is: the root that you named, and no other of the same name.",
            UNKNOWN_ROOT),
    CERTIFICATES(
            "each certificate is strict DER of at most 1024 bytes",
            "Each certificate has one spelling, so nothing hides behind or inside it.",
            MALFORMED_CERTIFICATE),
    ALGORITHMS(
            "each is signed by ecdsa-with-SHA384 and holds a point of P-384",
            "No link of the chain is weaker than the others.",
            WRONG_CERTIFICATE_ALGORITHM),
    KEY_USAGE(
            "authorities may sign certificates, the leaf may sign data only",
            "No leaf of another enclave passed itself off as an authority.",
            WRONG_KEY_USAGE),
    VALIDITY(
            "every certificate is valid at the time that counts",
            "The platform vouched for this key at that time.",
            EXPIRED_CERTIFICATE),
    PATH(
            "leaf and authorities form a path to the root by RFC 5280",
            "The root vouches for the leaf's key, through every authority between.",
            BAD_CHAIN),
    SUBJECT(
            "the leaf was issued to the module that the document names",
            "No other module's key signed in this one's name.",
            WRONG_SUBJECT),
    SIGNATURE(
            "the leaf's key signed exactly these bytes",
            "The security module said all of this, and nobody changed a bit of it since.",
            BAD_SIGNATURE),
    AGE(
            "the timestamp lies no further from the time that counts than the greatest age",
            "It was made just then, so it is no old document shown again.",
            STALE),
    NONCE(
            "the nonce is there and equals the expected one",
            "It was made after this nonce was chosen, and for whoever chose it.",
            NONCE_MISMATCH),
    PRODUCTION(
            "none of PCR0, PCR1, PCR2 is zero",
            "The enclave is not in debug mode: whoever runs it has no console into it.",
            DEBUG_MODE);

    private final String demand;
    private final String proof;
    private final Set<Reason> reasons;

    Check(String demand, String proof, Reason... reasons) {
        this.demand = demand;
        this.proof = proof;
        this.reasons = Set.of(reasons);
    }

    /** As in the specification, from 1. */
    @SuppressWarnings("EnumOrdinal") // The order is the specification's, and a test compares them.
    public int number() {
        return ordinal() + 1;
    }

    /** What must hold, in one clause. */
    public String demand() {
        return demand;
    }

    /** What is known once it has passed, and all before it. */
    public String proof() {
        return proof;
    }

    /** The codes that this step refuses with. */
    public Set<Reason> reasons() {
        return reasons;
    }
}
