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

    /** The nine fields, each of its type; their values are not judged yet. */
    private record Fields(
            EvidenceKind kind,
            Map<Cbor, Cbor> pcrs,
            String moduleId,
            String digest,
            long timestamp,
            Bytes certificate,
            List<Bytes> cabundle,
            Optional<Bytes> publicKey,
            Optional<Bytes> userData,
            Optional<Bytes> nonce) {}

    static Document parse(Bytes payload) throws Refused {
        return parse(payload, Trail.unwatched());
    }

    static Document parse(Bytes payload, Trail trail) throws Refused {
        trail.begin(Check.FIELDS);
        var fields = fields(map(payload));
        trail.begin(Check.VALUES);
        var document = document(fields);
        trail.saw(document);
        return document;
    }

    private static Fields fields(Cbor.Dict map) throws Refused {
        try {
            var fields = read(map.fields());
            // Nine fields were read, one of them under one of two names: more cannot be there.
            Refused.unless(map.entries().size() == 9, Reason.WRONG_FIELDS);
            return fields;
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

    private static Fields read(CborFields fields) throws Malformed {
        var kind = fields.has(EvidenceKind.NITROTPM.pcrMap()) ? EvidenceKind.NITROTPM : EvidenceKind.ENCLAVE;
        return new Fields(
                kind,
                fields.dict(kind.pcrMap()).entries(),
                fields.text("module_id"),
                fields.text("digest"),
                timestamp(fields.value("timestamp")),
                fields.octets("certificate"),
                cabundle(fields.array("cabundle")),
                fields.octetsOrNull("public_key"),
                fields.octetsOrNull("user_data"),
                fields.octetsOrNull("nonce"));
    }

    private static Document document(Fields fields) throws Refused {
        var pcrs = pcrs(fields.pcrs());
        requireModuleId(fields.moduleId(), fields.kind());
        Refused.unless(fields.digest().equals("SHA384"), Reason.WRONG_DIGEST);
        var millis = fields.timestamp();
        Refused.unless(millis >= 1 && millis <= MAX_TIMESTAMP, Reason.MALFORMED_TIMESTAMP);
        for (var optional : List.of(fields.publicKey(), fields.userData(), fields.nonce())) {
            Refused.unless(
                    optional.isEmpty() || optional.get().size() <= Claims.MAX_OPTIONAL_SIZE, Reason.OVERSIZED_FIELD);
        }
        var claims = new Claims(
                fields.kind(),
                fields.moduleId(),
                Instant.ofEpochMilli(millis),
                pcrs,
                fields.publicKey(),
                fields.userData(),
                fields.nonce());
        return new Document(claims, fields.certificate(), fields.cabundle());
    }

    private static void requireModuleId(String text, EvidenceKind kind) throws Refused {
        if (!kind.isModuleId(text)) {
            for (var other : EvidenceKind.values()) {
                Refused.unless(!other.isModuleId(text), Reason.WRONG_KIND);
            }
            throw new Refused(Reason.MALFORMED_MODULE_ID);
        }
    }

    private static long timestamp(Cbor value) throws Malformed {
        if (value instanceof Cbor.Int(var millis)) {
            return millis;
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
}
