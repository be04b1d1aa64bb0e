package dev.parley.protocol.attestation.vectors;

import static dev.parley.protocol.attestation.Reason.*;
import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.util.List;

/** Steps 6 to 8: what the document says. All of it is signed. */
final class PayloadVectors {
    private static final String TIMESTAMP = "69" + hex("timestamp") + "1b0000019ca9450a00";
    private static final String DIGEST = "66" + hex("digest") + "66" + hex("SHA384");

    private final Bench bench;

    PayloadVectors(Bench bench) {
        this.bench = bench;
    }

    void add() {
        spellings();
        fields();
        values();
        registers();
    }

    private void spellings() {
        spelled("field_twice", "the digest stands twice", DIGEST, DIGEST + DIGEST);
        spelled("register_twice", "PCR0 stands twice", "b0005830", "b100583000".concat("00".repeat(47)) + "005830");
        spelled(
                "text_in_chunks",
                "a text of indefinite length",
                "66" + hex("SHA384"),
                "7f63" + hex("SHA") + "63" + hex("384") + "ff");
        spelled(
                "nested_indefinite_array",
                "a bundle of indefinite length, not closed",
                "68" + hex("cabundle") + "84",
                "68" + hex("cabundle") + "9f");
        spelled("long_length", "a length that is not the shortest", "66" + hex("SHA384"), "7806" + hex("SHA384"));
        spelled("bad_utf8", "a text that is not UTF-8", "66" + hex("SHA384"), "66" + "ff" + hex("HA384"));
        spelled("tagged_value", "a tag inside", TIMESTAMP, "69" + hex("timestamp") + "c11b0000019ca9450a00");
        spelled("timestamp_float", "a float", TIMESTAMP, "69" + hex("timestamp") + "fb4279ca9450a00000");
        spelled("timestamp_undefined", "undefined", TIMESTAMP, "69" + hex("timestamp") + "f7");
        spelled(
                "timestamp_2_64",
                "a number beyond 64 signed bits",
                TIMESTAMP,
                "69" + hex("timestamp") + "1bffffffffffffffff");
        spelled("timestamp_bignum", "a bignum", TIMESTAMP, "69" + hex("timestamp") + "c2480000019ca9450a00");
    }

    private void spelled(String name, String what, String piece, String other) {
        refuse(name, MALFORMED_PAYLOAD, what, bench.spelled(piece, other));
    }

    private void fields() {
        for (var name : List.of("module_id", "digest", "timestamp", "pcrs", "certificate", "cabundle", "nonce")) {
            refuse(
                    name + "_missing",
                    WRONG_FIELDS,
                    "no " + name,
                    bench.entries(entries -> entries.remove(Cbor.of(name))));
        }
        for (var name : List.of("module_id", "digest", "timestamp", "pcrs", "certificate", "cabundle")) {
            refuse(name + "_null", WRONG_FIELDS, "null for " + name, bench.field(name, new Cbor.Null()));
        }
        refuse("field_unknown", WRONG_FIELDS, "a tenth field", bench.field("more", Cbor.of(1)));
        refuse(
                "digest_bytes",
                WRONG_FIELDS,
                "the digest as bytes",
                bench.field("digest", Cbor.of(Bytes.utf8("SHA384"))));
        refuse(
                "timestamp_text",
                WRONG_FIELDS,
                "the time as a text",
                bench.field("timestamp", Cbor.of("2026-03-01T12:00:00Z")));
        refuse("user_data_text", WRONG_FIELDS, "user data as a text", bench.field("user_data", Cbor.of("data")));
        refuse("nonce_text", WRONG_FIELDS, "the nonce as a text", bench.field("nonce", Cbor.of("nonce")));
        refuse(
                "cabundle_of_texts",
                WRONG_FIELDS,
                "texts for certificates",
                bench.field("cabundle", Cbor.array(Cbor.of("a"), Cbor.of("b"))));
        refuse(
                "registers_of_both_kinds",
                WRONG_FIELDS,
                "registers of an enclave and of a NitroTPM",
                bench.entries(entries ->
                        entries.put(Cbor.of("nitrotpm_pcrs"), requireNonNull(entries.get(Cbor.of("pcrs"))))));
    }

    private void values() {
        refuse("module_id_empty", MALFORMED_MODULE_ID, "an empty module id", bench.field("module_id", Cbor.of("")));
        refuse(
                "module_id_upper_case",
                MALFORMED_MODULE_ID,
                "capitals in the module id",
                bench.field("module_id", Cbor.of("i-0123456789ABCDEF0-enc0192aabbccddeeff")));
        refuse("digest_lower_case", WRONG_DIGEST, "sha384 in small letters", bench.field("digest", Cbor.of("sha384")));
        refuse("digest_sha512", WRONG_DIGEST, "another digest", bench.field("digest", Cbor.of("SHA512")));
        refuse("timestamp_zero", MALFORMED_TIMESTAMP, "1970", bench.field("timestamp", Cbor.of(0)));
        refuse("timestamp_negative", MALFORMED_TIMESTAMP, "before 1970", bench.field("timestamp", Cbor.of(-1)));
        refuse(
                "timestamp_beyond_53_bits",
                MALFORMED_TIMESTAMP,
                "more than 2^53",
                bench.field("timestamp", Cbor.of((1L << 53) + 1)));
        refuse(
                "timestamp_in_seconds",
                EXPIRED_CERTIFICATE,
                "seconds for milliseconds: a day in January 1970",
                bench.field("timestamp", Cbor.of(Bench.NOW.getEpochSecond())));
        for (var name : List.of("public_key", "user_data", "nonce")) {
            refuse(name + "_of_1025_bytes", OVERSIZED_FIELD, "a byte too many", bench.field(name, zeros(1025)));
        }
    }

    private void registers() {
        refuse(
                "registers_empty",
                MALFORMED_PCRS,
                "no register",
                bench.field("pcrs", Cbor.map().build()));
        refuse("register_32", MALFORMED_PCRS, "a register 32", bench.registers(r -> r.put(Cbor.of(32), zeros(48))));
        refuse(
                "register_negative",
                MALFORMED_PCRS,
                "a register -1",
                bench.registers(r -> r.put(Cbor.of(-1), zeros(48))));
        refuse(
                "register_text",
                MALFORMED_PCRS,
                "a text for an index",
                bench.registers(r -> r.put(Cbor.of("16"), zeros(48))));
        for (var size : List.of(0, 32, 47, 64)) {
            refuse(
                    "register_of_" + size + "_bytes",
                    MALFORMED_PCRS,
                    "a value of another size",
                    bench.registers(r -> r.put(Cbor.of(16), zeros(size))));
        }
        refuse("register_0_missing", MALFORMED_PCRS, "no PCR0", bench.registers(r -> r.remove(Cbor.of(0))));
        refuse(
                "registers_of_the_other_kind",
                WRONG_KIND,
                "an enclave's id with a NitroTPM's registers",
                bench.entries(entries -> {
                    entries.put(Cbor.of("nitrotpm_pcrs"), requireNonNull(entries.remove(Cbor.of("pcrs"))));
                }));
        refuse(
                "nitrotpm_for_an_enclave",
                WRONG_KIND,
                "the document of a parent instance, right in itself",
                bench.platform().attest(Bench.instanceClaims()));
    }

    private void refuse(String name, Reason reason, String what, Evidence evidence) {
        bench.add(bench.refuse(name, reason, what, evidence));
    }

    private static Cbor zeros(int size) {
        return Cbor.of(Bytes.takeOwnershipOf(new byte[size]));
    }

    private static String hex(String text) {
        return Bytes.utf8(text).hex();
    }
}
