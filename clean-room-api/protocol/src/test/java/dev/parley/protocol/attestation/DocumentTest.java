package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads that are wrong in one field, and well signed. */
class DocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);

    static Stream<Arguments> changes() {
        return Stream.of(
                change("no module id", Reason.WRONG_FIELDS, m -> m.remove(key("module_id"))),
                change("module id empty", Reason.MALFORMED_MODULE_ID, put("module_id", Cbor.of(""))),
                change("module id of a TPM", Reason.WRONG_KIND, put("module_id", Cbor.of(tpm()))),
                change("module id with upper case", Reason.MALFORMED_MODULE_ID, put("module_id", Cbor.of(upper()))),
                change("digest of SHA-256", Reason.WRONG_DIGEST, put("digest", Cbor.of("SHA256"))),
                change("digest in lower case", Reason.WRONG_DIGEST, put("digest", Cbor.of("sha384"))),
                change("time zero", Reason.MALFORMED_TIMESTAMP, put("timestamp", Cbor.of(0))),
                change("time negative", Reason.MALFORMED_TIMESTAMP, put("timestamp", Cbor.of(-1))),
                change("time beyond 53 bits", Reason.MALFORMED_TIMESTAMP, put("timestamp", Cbor.of((1L << 53) + 1))),
                change("time in seconds", Reason.EXPIRED_CERTIFICATE, put("timestamp", Cbor.of(NOW.getEpochSecond()))),
                change("time as text", Reason.WRONG_FIELDS, put("timestamp", Cbor.of(NOW.toString()))),
                change("no PCRs", Reason.WRONG_FIELDS, m -> m.remove(key("pcrs"))),
                change("PCRs of a TPM", Reason.WRONG_KIND, m -> m.put(key("nitrotpm_pcrs"), m.remove(key("pcrs")))),
                change("both PCR maps", Reason.WRONG_FIELDS, m -> m.put(key("nitrotpm_pcrs"), m.get(key("pcrs")))),
                change("PCR index 32", Reason.MALFORMED_PCRS, pcr(Cbor.of(32), register(48))),
                change("PCR index -1", Reason.MALFORMED_PCRS, pcr(Cbor.of(-1), register(48))),
                change("PCR index as text", Reason.MALFORMED_PCRS, pcr(Cbor.of("16"), register(48))),
                change("PCR of 47 bytes", Reason.MALFORMED_PCRS, pcr(Cbor.of(16), register(47))),
                change("PCR of 64 bytes", Reason.MALFORMED_PCRS, pcr(Cbor.of(16), register(64))),
                change("PCR null", Reason.MALFORMED_PCRS, pcr(Cbor.of(16), new Cbor.Null())),
                change("no PCR4", Reason.MALFORMED_PCRS, withoutPcr(4)),
                change("no PCR0", Reason.MALFORMED_PCRS, withoutPcr(0)),
                change("no certificate", Reason.WRONG_FIELDS, m -> m.remove(key("certificate"))),
                change("certificate null", Reason.WRONG_FIELDS, put("certificate", new Cbor.Null())),
                change("certificate empty", Reason.MALFORMED_CERTIFICATE, put("certificate", Cbor.of(Bytes.empty()))),
                change("bundle null", Reason.WRONG_FIELDS, put("cabundle", new Cbor.Null())),
                change("bundle of texts", Reason.WRONG_FIELDS, put("cabundle", Cbor.array(Cbor.of("a"), Cbor.of("b")))),
                change("no nonce", Reason.WRONG_FIELDS, m -> m.remove(key("nonce"))),
                change("nonce as text", Reason.WRONG_FIELDS, put("nonce", Cbor.of("nonce"))),
                change("nonce of 1025 bytes", Reason.OVERSIZED_FIELD, put("nonce", register(1025))),
                change("user data false", Reason.WRONG_FIELDS, put("user_data", Cbor.of(false))),
                change("public key of 1025 bytes", Reason.OVERSIZED_FIELD, put("public_key", register(1025))),
                change("a tenth field", Reason.WRONG_FIELDS, put("more", Cbor.of(1))),
                change("a key that is a number", Reason.WRONG_FIELDS, m -> m.put(Cbor.of(1), Cbor.of(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void refuses(String name, Reason reason, Consumer<Map<Cbor, Cbor>> change) throws Malformed {
        var entries = new LinkedHashMap<>(good().entries());
        change.accept(entries);

        assertThat(judge(new Cbor.Dict(entries).encodeIndefinite()).refusal()).contains(reason);
    }

    @Test
    void acceptsTheLargestAndTheEmptyOptionalFields() throws Malformed {
        var entries = new LinkedHashMap<>(good().entries());
        entries.put(key("public_key"), register(1024));
        entries.put(key("user_data"), register(1024));
        entries.put(key("nonce"), register(0));

        var verdict = judge(new Cbor.Dict(entries).encodeIndefinite());

        assertThat(verdict.trusted()).hasValueSatisfying(enclave -> {
            assertThat(enclave.publicKey())
                    .hasValueSatisfying(k -> assertThat(k.size()).isEqualTo(1024));
            assertThat(enclave.nonce()).contains(Bytes.empty());
        });
    }

    @Test
    void refusesWhatFollowsThePayloadAndPayloadsThatAreTooLarge() throws Malformed {
        var payload = good().encodeIndefinite().toArray();
        var longer = Bytes.copyOf(Arrays.copyOf(payload, payload.length + 1));
        var larger = Cbor.map().put("x", Bytes.copyOf(new byte[16384])).build().encode();

        assertThat(judge(longer).refusal()).contains(Reason.MALFORMED_PAYLOAD);
        assertThat(judge(Cbor.array().encode()).refusal()).contains(Reason.MALFORMED_PAYLOAD);
        assertThat(new AttestationVerifier(TrustRoots.awsNitro())
                        .verifyArchived(enclose(larger))
                        .refusal())
                .contains(Reason.TOO_LARGE);
    }

    @Test
    void writesTheBytesOfTheSecurityModule() {
        var payload = PLATFORM.document(TestClaims.at(NOW).build()).payload().hex();

        assertThat(payload)
                .startsWith("bf696d6f64756c655f69647827"
                        + Bytes.utf8(TestClaims.MODULE).hex() + "666469676573746653484133383469"
                        + "74696d657374616d701b0000019ca9450a00" + "6470637273b0005830")
                .contains("6b6365727469666963617465" + "59")
                .contains("68636162756e646c65" + "8459")
                .endsWith("6a7075626c69635f6b6579f6" + "69757365725f64617461f6" + "656e6f6e6365f6" + "ff");
    }

    private static Verdict<ArchivedEnclave> judge(Bytes payload) {
        return PLATFORM.verifier().verifyArchived(AttestationDocument.sign(payload, PLATFORM::sign));
    }

    /** Larger than {@link CoseSign1} would make it. */
    private static Evidence enclose(Bytes payload) {
        return new Evidence(Cbor.array(
                        Cbor.of(Cbor.map().put(Cbor.of(1), Cbor.of(-35)).build().encode()),
                        Cbor.map().build(),
                        Cbor.of(payload),
                        register(96))
                .encode());
    }

    private static Cbor.Dict good() throws Malformed {
        return Cbor.parseMaybeIndefiniteMap(
                PLATFORM.document(TestClaims.at(NOW).build()).payload(), 4);
    }

    private static Arguments change(String name, Reason reason, Consumer<Map<Cbor, Cbor>> change) {
        return arguments(name, reason, change);
    }

    private static Cbor key(String name) {
        return Cbor.of(name);
    }

    private static Consumer<Map<Cbor, Cbor>> put(String name, Cbor value) {
        return entries -> entries.put(key(name), value);
    }

    private static Consumer<Map<Cbor, Cbor>> pcr(Cbor index, Cbor value) {
        return pcrs(registers -> registers.put(index, value));
    }

    private static Consumer<Map<Cbor, Cbor>> withoutPcr(int index) {
        return pcrs(registers -> registers.remove(Cbor.of(index)));
    }

    private static Consumer<Map<Cbor, Cbor>> pcrs(Consumer<Map<Cbor, Cbor>> change) {
        return entries -> entries.computeIfPresent(key("pcrs"), (name, value) -> {
            var registers = new LinkedHashMap<>(((Cbor.Dict) value).entries());
            change.accept(registers);
            return new Cbor.Dict(registers);
        });
    }

    private static Cbor register(int size) {
        return Cbor.of(Optional.of(Bytes.takeOwnershipOf(new byte[size])));
    }

    private static String tpm() {
        return "i-0123456789abcdef0-tpm0000000000000000";
    }

    private static String upper() {
        return "i-0123456789ABCDEF0-enc0192aabbccddeeff";
    }
}
