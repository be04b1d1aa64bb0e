package dev.parley.protocol.attestation;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.List;

/** The outside of a document (spec §3): untagged COSE_Sign1, ES384 and nothing else, with the payload attached. */
public record CoseSign1(Bytes payload, Bytes signature) {
    public static final int SIGNATURE_SIZE = 96;
    public static final int MAX_PAYLOAD = 16384;
    private static final int MAX_DEPTH = 4;

    /** {@code {1: -35}}: ES384. Compared as bytes, so that no second spelling of it exists. */
    private static final Bytes PROTECTED =
            Cbor.map().put(Cbor.of(1), Cbor.of(-35)).build().encode();

    public CoseSign1 {
        if (payload.size() < 1 || payload.size() > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload must have 1 to 16384 bytes");
        }
        if (signature.size() != SIGNATURE_SIZE) {
            throw new IllegalArgumentException("signature must have 96 bytes");
        }
    }

    /** The {@code Sig_structure} of RFC 9052 §4.4: what the key signs. */
    public static Bytes toBeSigned(Bytes payload) {
        return Cbor.array(Cbor.of("Signature1"), Cbor.of(PROTECTED), Cbor.of(Bytes.empty()), Cbor.of(payload))
                .encode();
    }

    public Bytes toBeSigned() {
        return toBeSigned(payload);
    }

    public Evidence encode() {
        return new Evidence(Cbor.array(Cbor.of(PROTECTED), Cbor.map().build(), Cbor.of(payload), Cbor.of(signature))
                .encode());
    }

    static CoseSign1 parse(Evidence evidence) throws Refused {
        return parse(evidence, Trail.unwatched());
    }

    static CoseSign1 parse(Evidence evidence, Trail trail) throws Refused {
        var document = evidence.document();
        trail.begin(Check.SIZE);
        Refused.unless(document.size() <= Evidence.MAX_SIZE, Reason.TOO_LARGE);
        trail.begin(Check.UNTAGGED);
        Refused.unless(document.size() == 0 || (document.asBuffer().get(0) & 0xe0) != 0xc0, Reason.TAGGED);
        trail.begin(Check.ENVELOPE);
        var parts = parts(document);
        trail.begin(Check.HEADERS);
        Refused.unless(parts.get(0).equals(Cbor.of(PROTECTED)), Reason.WRONG_ALGORITHM);
        Refused.unless(parts.get(1).equals(Cbor.map().build()), Reason.UNPROTECTED_HEADER);
        trail.begin(Check.PAYLOAD_AND_SIGNATURE);
        var payload = octets(parts.get(2));
        var signature = octets(parts.get(3));
        Refused.unless(payload.size() >= 1, Reason.MALFORMED_PAYLOAD);
        Refused.unless(payload.size() <= MAX_PAYLOAD, Reason.TOO_LARGE);
        Refused.unless(signature.size() == SIGNATURE_SIZE, Reason.MALFORMED_SIGNATURE);
        var cose = new CoseSign1(payload, signature);
        trail.saw(cose);
        return cose;
    }

    private static List<Cbor> parts(Bytes document) throws Refused {
        try {
            if (Cbor.parse(document, MAX_DEPTH) instanceof Cbor.Arr(var parts) && parts.size() == 4) {
                return parts;
            }
        } catch (Malformed e) {
            throw new Refused(Reason.MALFORMED_COSE);
        }
        throw new Refused(Reason.MALFORMED_COSE);
    }

    private static Bytes octets(Cbor part) throws Refused {
        if (part instanceof Cbor.Octets(var octets)) {
            return octets;
        }
        throw new Refused(Reason.MALFORMED_COSE);
    }
}
