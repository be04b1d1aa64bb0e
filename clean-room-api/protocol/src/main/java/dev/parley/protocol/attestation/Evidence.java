package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;

/** An attestation document as received: untrusted, unread. See {@link AttestationVerifier}. */
public record Evidence(Bytes document) {
    /** Larger documents are refused before they are parsed; real ones have at most 8 KiB. */
    public static final int MAX_SIZE = 32 << 10;

    public Evidence {
        requireNonNull(document);
    }

    /** The size alone: documents are public, but long. */
    @Override
    public String toString() {
        return "Evidence[" + document.size() + " bytes]";
    }
}
