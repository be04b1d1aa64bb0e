package dev.parley.simulator.securitymodule;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.encoding.Bytes;

/** How the payload's outermost map is written: both forms are in use, and verifiers must take both. */
public enum EvidenceForm {
    /** {@code bf … ff}, as modules write it since the summer of 2025. */
    INDEFINITE_MAP,
    /** {@code a9 …}, as they wrote it before. */
    DEFINITE_MAP;

    Bytes payload(AttestationDocument document) {
        return switch (this) {
            case INDEFINITE_MAP -> document.payload();
            case DEFINITE_MAP -> document.definitePayload();
        };
    }
}
