package dev.parley.protocol.attestation;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A payload that has the right form (spec §4). Nothing of it is believed before its chain and signature are. */
record Document(Claims claims, Bytes certificate, List<Bytes> cabundle) {
    private static final int MAX_DEPTH = 4;
    private static final long MAX_TIMESTAMP = 1L << 53;

    static Document parse(Bytes payload) throws Refused {
        var map = map(payload);
        try {
            var document = read(map.fields());
            // Nine fields were read, one of them under one of two names: more cannot be there.
            Refused.unless(map.entries().size() == 9, Reason.WRONG_FIELDS);
            return document;
        } catch (Malformed e) {
            throw new Refused(Reason.WRONG_FIELDS);
        }
    }

    private static Cbor.Dict map(Bytes payload) throws Refused {
        try {
            return Cbor.parseMaybeIndefiniteMap(payload, MAX_DEPTH);
        } catch (Malformed e) {
            throw new Refused(Reason.MALFORMED_PAYLOAD);
        }
    }

    private static Document read(CborFields fields) throws Malformed, Refused {
        var kind = fields.has(EvidenceKind.NITROTPM.pcrMap()) ? EvidenceKind.NITROTPM : EvidenceKind.ENCLAVE;
        var pcrs = pcrs(fields.dict(kind.pcrMap()).entries());
        var moduleId = moduleId(fields.text("module_id"), kind);
        Refused.unless(fields.text("digest").equals("SHA384"), Reason.WRONG_DIGEST);
        var timestamp = timestamp(fields.value("timestamp"));
        var certificate = fields.octets("certificate");
        var cabundle = cabundle(fields.array("cabundle"));
        var claims = new Claims(
                kind,
                moduleId,
                timestamp,
                pcrs,
                optional(fields, "public_key"),
                optional(fields, "user_data"),
                optional(fields, "nonce"));
        return new Document(claims, certificate, cabundle);
    }

    private static String moduleId(String text, EvidenceKind kind) throws Refused {
        if (!kind.isModuleId(text)) {
            for (var other : EvidenceKind.values()) {
                Refused.unless(!other.isModuleId(text), Reason.WRONG_KIND);
            }
            throw new Refused(Reason.MALFORMED_MODULE_ID);
        }
        return text;
    }

    private static Instant timestamp(Cbor value) throws Refused, Malformed {
        if (value instanceof Cbor.Int(var millis)) {
            Refused.unless(millis >= 1 && millis <= MAX_TIMESTAMP, Reason.MALFORMED_TIMESTAMP);
            return Instant.ofEpochMilli(millis);
        }
        throw new Malformed("timestamp must be an integer");
    }

    private static Pcrs pcrs(Map<Cbor, Cbor> entries) throws Refused {
        Map<Integer, Sha384Digest> values = new TreeMap<>();
        for (var entry : entries.entrySet()) {
            if (entry.getKey() instanceof Cbor.Int(var index)
                    && index >= 0
                    && index < Pcrs.COUNT
                    && entry.getValue() instanceof Cbor.Octets(var octets)
                    && octets.size() == Sha384Digest.SIZE) {
                values.put((int) index, new Sha384Digest(octets));
            } else {
                throw new Refused(Reason.MALFORMED_PCRS);
            }
        }
        try {
            return Pcrs.of(values);
        } catch (IllegalArgumentException e) {
            throw new Refused(Reason.MALFORMED_PCRS);
        }
    }

    private static List<Bytes> cabundle(List<Cbor> items) throws Malformed {
        List<Bytes> bundle = new ArrayList<>();
        for (var item : items) {
            if (!(item instanceof Cbor.Octets(var der))) {
                throw new Malformed("cabundle must hold byte strings");
            }
            bundle.add(der);
        }
        return List.copyOf(bundle);
    }

    private static Optional<Bytes> optional(CborFields fields, String name) throws Malformed, Refused {
        var octets = fields.octetsOrNull(name);
        Refused.unless(octets.isEmpty() || octets.get().size() <= Claims.MAX_OPTIONAL_SIZE, Reason.OVERSIZED_FIELD);
        return octets;
    }
}
