package dev.parley.protocol.attestation.vectors;

import static dev.parley.protocol.attestation.Reason.*;
import static dev.parley.protocol.attestation.vectors.Bench.PROTECTED;
import static dev.parley.protocol.attestation.vectors.Bench.octets;
import static dev.parley.protocol.attestation.vectors.Bench.raw;

import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;

/** Steps 1 to 5, and the signature: the envelope. */
final class FormVectors {
    private static final String ORDER =
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";

    private final Bench bench;
    private final String good;

    FormVectors(Bench bench) {
        this.bench = bench;
        this.good = bench.platform().attest(Bench.claims()).document().hex();
    }

    void add() {
        outsides();
        headers();
        payloads();
        signatures();
    }

    private void outsides() {
        fail("form_empty", MALFORMED_COSE, "no byte at all", "");
        fail(
                "form_too_large",
                TOO_LARGE,
                "more than 32 KiB",
                good + "00".repeat(Evidence.MAX_SIZE + 1 - good.length() / 2));
        fail("form_tag_18", TAGGED, "the tag of COSE_Sign1, which modules do not write", "d2" + good);
        fail("form_tag_17", TAGGED, "the tag of COSE_Mac0", "d1" + good);
        fail("form_array_of_three", MALFORMED_COSE, "an array of three", "83" + good.substring(2));
        fail("form_array_of_five", MALFORMED_COSE, "an array of five", "85" + good.substring(2) + "00");
        fail("form_indefinite_array", MALFORMED_COSE, "an array of indefinite length", "9f" + good.substring(2) + "ff");
        fail("form_long_array_length", MALFORMED_COSE, "a length that is not the shortest", "9804" + good.substring(2));
        fail("form_trailing_byte", MALFORMED_COSE, "a byte behind the document", good + "00");
        fail("form_truncated", MALFORMED_COSE, "its last byte is missing", good.substring(0, good.length() - 2));
        fail("form_length_2_63", MALFORMED_COSE, "a byte string of 2^63 bytes", "845b8000000000000000");
        fail("form_map_2_64", MALFORMED_COSE, "a map of 2^64 - 1 entries", "bbffffffffffffffff");
        fail("form_nested_deep", MALFORMED_COSE, "a thousand arrays in one another", "81".repeat(1000) + "00");
        fail(
                "form_text",
                MALFORMED_COSE,
                "base64 of evidence instead of evidence",
                Bytes.utf8("hEShATgioFkT").hex());
    }

    private void headers() {
        header("es256", "ES256", "43a10126");
        header("hs256", "HMAC instead of a signature", "43a10105");
        header("text_algorithm", "the algorithm as a text", "48a101654553333834");
        header("long_spelling", "a number that is not in its shortest form", "45a101390022");
        header("algorithm_twice", "a second algorithm", "46a20138220126");
        header("key_id", "a key id beside the algorithm", "47a20138220441aa");
        header("critical", "a header that must be understood", "47a2013822028104");
        bench.add(bench.refuse(
                "header_algorithm_unprotected",
                WRONG_ALGORITHM,
                "the algorithm stands where no signature covers it",
                bench.envelope("40", "a1013822", bench.payload(), "")));
        bench.add(bench.refuse(
                "header_unprotected_key_id",
                UNPROTECTED_HEADER,
                "an unprotected header",
                bench.envelope(PROTECTED, "a10411", bench.payload(), "")));
    }

    private void header(String name, String what, String header) {
        bench.add(bench.refuse(
                "header_" + name,
                WRONG_ALGORITHM,
                what + ", and signed so",
                bench.envelope(header, "a0", bench.payload(), "")));
    }

    private void payloads() {
        var signature = octets(bench.sign(bench.toBeSigned()));
        fail("payload_detached", MALFORMED_COSE, "null for a payload", "84" + PROTECTED + "a0f6" + signature);
        fail(
                "payload_unwrapped",
                MALFORMED_COSE,
                "the map itself instead of a byte string",
                "84" + PROTECTED + "a0" + "a16161f6" + signature);
        fail("payload_empty", MALFORMED_PAYLOAD, "no byte of payload", "84" + PROTECTED + "a040" + signature);
        bench.add(bench.refuse(
                "payload_too_large", TOO_LARGE, "16385 bytes of payload", bench.signed("00".repeat(16385))));
        bench.add(bench.refuse(
                "payload_trailing_byte",
                MALFORMED_PAYLOAD,
                "a signed byte behind the map",
                bench.signed(bench.payload() + "00")));
        bench.add(bench.refuse("payload_array", MALFORMED_PAYLOAD, "an array instead of a map", bench.signed("80")));
    }

    private void signatures() {
        var right = bench.sign(bench.toBeSigned());
        signature("95_bytes", MALFORMED_SIGNATURE, "a byte is missing", right.substring(2));
        signature("97_bytes", MALFORMED_SIGNATURE, "padded on the left", "00" + right);
        signature("empty", MALFORMED_SIGNATURE, "no signature", "");
        signature(
                "der",
                MALFORMED_SIGNATURE,
                "DER instead of r and s",
                "3066023100" + right.substring(0, 96) + "023100" + right.substring(96));
        signature("zero", BAD_SIGNATURE, "r and s are zero: CVE-2022-21449", "00".repeat(96));
        signature("r_zero", BAD_SIGNATURE, "r is zero", "00".repeat(48) + right.substring(96));
        signature("s_is_order", BAD_SIGNATURE, "s is the order of the group", right.substring(0, 96) + ORDER);
        signature("r_and_s_swapped", BAD_SIGNATURE, "s before r", right.substring(96) + right.substring(0, 96));
        signature("of_another_document", BAD_SIGNATURE, "signed over other bytes", bench.sign("00"));
        signature(
                "by_the_authority",
                BAD_SIGNATURE,
                "signed by the instance's key",
                bench.platform()
                        .signAs(Role.INSTANCE, Bench.bytes(bench.toBeSigned()))
                        .hex());
        signature(
                "by_another_key",
                BAD_SIGNATURE,
                "signed by a leaf of another platform",
                TestPlatform.reproducible(Bench.NOW, shape -> shape, "another platform")
                        .sign(Bench.bytes(bench.toBeSigned()))
                        .hex());
        bench.add(bench.refuse(
                "signature_of_external_data",
                BAD_SIGNATURE,
                "signed with external data that nobody agreed on",
                bench.envelope(PROTECTED, "a0", bench.payload(), "aa")));
        fail(
                "signature_after_a_change",
                BAD_SIGNATURE,
                "one bit of the timestamp was changed after signing",
                Bench.exchange(good, "0000019ca9450a00", "0000019ca9450a01"));
        fail(
                "signature_of_a_reencoding",
                BAD_SIGNATURE,
                "signed with a map of definite length, sent with one of indefinite length",
                Bench.raw("84" + PROTECTED + "a0" + octets(bench.payload())
                                + octets(bench.sign("846a5369676e617475726531" + PROTECTED + "40"
                                        + octets(bench.platform()
                                                .document(Bench.claims())
                                                .definitePayload()
                                                .hex()))))
                        .document()
                        .hex());
    }

    private void signature(String name, Reason reason, String what, String hex) {
        bench.add(bench.refuse("signature_" + name, reason, what, bench.signature(hex)));
    }

    private void fail(String name, Reason reason, String what, String document) {
        bench.add(bench.refuse(name, reason, what, raw(document)));
    }
}
