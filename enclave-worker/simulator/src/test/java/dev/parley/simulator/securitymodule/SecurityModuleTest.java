package dev.parley.simulator.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.pki.SimulatedRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SecurityModuleTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final String ROLE = "arn:sim:iam::000000000000:role/host";
    private static final Measurement MEASUREMENT = new Measurement(digest("0"), digest("1"), digest("2"));
    private static final PlatformRegisters REGISTERS =
            PlatformRegisters.ofUnsigned(MEASUREMENT, Optional.of(ROLE), INSTANCE);
    private static final Bytes NONCE = Bytes.utf8("a nonce of this test");

    /** The bytes of a request without any data, as clients write them. */
    private static final String ATTESTATION =
            "a16b4174746573746174696f6ea369757365725f64617461f6" + "656e6f6e6365f66a7075626c69635f6b6579f6";

    private static final Cbor INTERNAL_ERROR =
            Cbor.map().put("Error", "InternalError").build();

    private Instant now = Instant.parse("2026-11-23T10:00:00.123456Z");
    private Path folder = Path.of("");
    private SimulatedRoot root;
    private ModuleSocket socket;
    private ModuleClient module;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createTempDirectory("parley-nsm-");
        root = SimulatedRoot.create(RANDOM, now.minus(Duration.ofDays(100)));
        listen("nsm.sock", REGISTERS);
    }

    private void listen(String name, PlatformRegisters registers) throws IOException {
        var enclave = EnclaveId.create(INSTANCE, now, RANDOM);
        var authorities = new Authorities(root, INSTANCE, RANDOM, () -> now);
        var path = folder.resolve(name);
        socket = ModuleSocket.listen(path, new SecurityModule(enclave, registers, authorities, surroundings()));
        module = new ModuleClient(path);
    }

    @AfterEach
    void close() throws IOException {
        module.close();
        socket.close();
        dev.parley.simulator.sandbox.WorkFolder.delete(folder);
    }

    @Test
    void describesItselfAsTheDeviceDoes() throws Exception {
        var description = module.ask(Cbor.of("DescribeNSM")).asDict().fields().fields("DescribeNSM");

        assertThat(description.integer("max_pcrs", 0, 99)).isEqualTo(32);
        assertThat(description.text("module_id")).matches(INSTANCE + "-enc[0-9a-f]{16}");
        assertThat(description.text("digest")).isEqualTo("SHA384");
        assertThat(description.array("locked_pcrs"))
                .isEqualTo(IntStream.range(0, 16).mapToObj(Cbor::of).toList());
    }

    @Test
    void startsWithTheImageTheRoleAndTheInstanceInItsRegisters() throws Exception {
        assertThat(pcr(0)).isEqualTo(MEASUREMENT.pcr0().bytes());
        assertThat(pcr(1)).isEqualTo(MEASUREMENT.pcr1().bytes());
        assertThat(pcr(2)).isEqualTo(MEASUREMENT.pcr2().bytes());
        assertThat(pcr(3)).isEqualTo(Pcrs.extend(Pcrs.zero(), Bytes.utf8(ROLE)).bytes());
        assertThat(pcr(4))
                .isEqualTo(Pcrs.extend(Pcrs.zero(), Bytes.utf8(INSTANCE)).bytes());
        for (int index = 5; index < 32; index++) {
            assertThat(pcr(index)).isEqualTo(Pcrs.zero().bytes());
        }
    }

    @Test
    void refusesToTouchThePlatformsRegisters() throws Exception {
        for (int index = 0; index < 16; index++) {
            assertThat(module.error("LockPCR", index(index))).isEqualTo("ReadOnlyIndex");
            assertThat(module.error("ExtendPCR", index(index).put("data", NONCE)))
                    .isEqualTo("ReadOnlyIndex");
        }
    }

    @Test
    void extendsRawDataUntilTheRegisterIsLocked() throws Exception {
        var expected = Pcrs.extend(Pcrs.zero(), NONCE);

        var extended = module.ask("ExtendPCR", index(16).put("data", NONCE)).octets("data");

        assertThat(extended).isEqualTo(expected.bytes());
        assertThat(module.ask(Cbor.map().put("LockPCR", index(16).build()).build()))
                .isEqualTo(Cbor.of("LockPCR"));
        assertThat(module.error("ExtendPCR", index(16).put("data", NONCE))).isEqualTo("ReadOnlyIndex");
        assertThat(pcr(16)).isEqualTo(expected.bytes());
    }

    @Test
    void locksAllRegistersTwiceAndNoThirtyThird() throws Exception {
        var all =
                Cbor.map().put("LockPCRs", Cbor.map().put("range", 32).build()).build();

        assertThat(module.ask(all)).isEqualTo(Cbor.of("LockPCRs"));
        assertThat(module.ask(all)).isEqualTo(Cbor.of("LockPCRs"));
        assertThat(module.error("LockPCRs", Cbor.map().put("range", 33))).isEqualTo("InvalidIndex");
    }

    @Test
    void answersWrongRequestsWithTheCodesOfTheDevice() throws Exception {
        assertThat(module.error("DescribePCR", index(32))).isEqualTo("InvalidIndex");
        assertThat(module.error("ExtendPCR", index(16).put("data", Bytes.empty())))
                .isEqualTo("InvalidArgument");
        assertThat(module.error("ExtendPCR", index(16))).isEqualTo("InvalidOperation");
        assertThat(module.error("ExtendPCR", index(16).put("data", 7))).isEqualTo("InvalidOperation");
        assertThat(module.error("ExtendPCR", index(32).put("data", NONCE))).isEqualTo("InvalidIndex");
        assertThat(module.error("LockPCR", index(32))).isEqualTo("InvalidIndex");
        assertThat(module.error("DescribePCR", index(65_535))).isEqualTo("InvalidIndex");
        assertThat(module.error("DescribePCR", index(65_536))).isEqualTo("InvalidOperation");
        assertThat(module.error("DescribePCR", index(-1))).isEqualTo("InvalidOperation");
        assertThat(module.error("LockPCRs", index(1))).isEqualTo("InvalidOperation");
        assertThat(module.error("DescribeNSM", index(1))).isEqualTo("InvalidOperation");
        assertThat(module.error(Cbor.of("OpenSesame"))).isEqualTo("InvalidOperation");
        assertThat(module.error(Cbor.of(7))).isEqualTo("InvalidOperation");
        assertThat(module.error(new Cbor.Octets(Bytes.takeOwnershipOf(new byte[4096]))))
                .isEqualTo("InputTooLarge");
        assertThat(module.error("Attestation", Cbor.map().put("nonce", Bytes.takeOwnershipOf(new byte[1025]))))
                .isEqualTo("InputTooLarge");
    }

    @Test
    void takesTextsForByteStringsAndMembersInAnyOrder() throws Exception {
        var text = module.ask(
                "ExtendPCR", Cbor.map().put("data", "a nonce of this test").put("index", 16));
        var octets = module.ask("ExtendPCR", index(17).put("data", NONCE));

        assertThat(text.octets("data")).isEqualTo(octets.octets("data"));
        assertThat(module.ask("Attestation", Cbor.map()).octets("document").size())
                .isPositive();
        assertThat(module.ask("Attestation", Cbor.map().put("nonce", "text"))
                        .octets("document")
                        .hex())
                .contains("656e6f6e6365" + "44" + Bytes.utf8("text").hex());
    }

    @Test
    void knowsARoleASignatureAndDebugModeByTheRegistersAlone() throws Exception {
        var signed = new PlatformRegisters(MEASUREMENT, digest("certificate"), Optional.empty(), INSTANCE);
        close();
        open();
        listen("signed.sock", signed);
        assertThat(pcr(8)).isEqualTo(digest("certificate").bytes());

        close();
        open();
        listen("debug.sock", signed.ofDebugMode());

        for (int index = 0; index < 4; index++) {
            assertThat(pcr(index)).isEqualTo(Pcrs.zero().bytes());
        }
        assertThat(pcr(4))
                .isEqualTo(Pcrs.extend(Pcrs.zero(), Bytes.utf8(INSTANCE)).bytes());
        assertThat(pcr(8)).isEqualTo(Pcrs.zero().bytes());
    }

    @Test
    void saysWhenAResponseWouldNotFit() throws Exception {
        var fits = Bytes.takeOwnershipOf(new byte[0x3000]);

        assertThat(SecurityModule.fitted(fits)).isEqualTo(fits);
        assertThatThrownBy(() -> SecurityModule.fitted(Bytes.takeOwnershipOf(new byte[0x3001])))
                .isInstanceOf(NsmRefusal.class)
                .hasMessage("BufferTooSmall");
    }

    @Test
    void answersWhenThePlatformFailsAndGoesOn() throws Exception {
        var before = now;
        now = Instant.MIN;

        var failed = module.error("Attestation", Cbor.map());
        now = before;

        assertThat(failed).isEqualTo("InternalError");
        assertThat(verifier().verify(evidence(), fresh()).refusal()).isEmpty();
    }

    @Test
    void hangsUpOnAFrameThatNoRequestCanNeed() {
        assertThatThrownBy(() -> module.askRaw(Bytes.takeOwnershipOf(new byte[1 << 20])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void answersTheBytesOfTheReference() throws Exception {
        assertThat(module.askRaw(Bytes.parseHex("6947657452616e646f6d")).hex()).startsWith("a16947657452616e646f6d");
        assertThat(module.askRaw(Bytes.parseHex("a16b4465736372696265504352a165696e64657800"))
                        .hex())
                .isEqualTo("a16b4465736372696265504352a2646c6f636bf564646174615830"
                        + MEASUREMENT.pcr0().hex());
    }

    @Test
    void answersWhateverItIsAskedWithAResponse() throws Exception {
        var enclave = EnclaveId.create(INSTANCE, now, RANDOM);
        var fuzzed = new SecurityModule(
                enclave, REGISTERS, new Authorities(root, INSTANCE, RANDOM, () -> now), surroundings());
        var seeds = List.of(
                "6947657452616e646f6d",
                "a16b4465736372696265504352a165696e64657800",
                "a169457874656e64504352a265696e64657810646461746143010203",
                "a1684c6f636b50435273a16572616e676511");
        var random = new Random(17);

        for (int i = 0; i < 21_000; i++) {
            var bytes = Bytes.parseHex(i < 20_000 ? seeds.get(random.nextInt(seeds.size())) : ATTESTATION)
                    .toArray();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            var answer = Cbor.parse(fuzzed.answer(Bytes.takeOwnershipOf(bytes)), 4);

            assertThat(answer).isInstanceOfAny(Cbor.Text.class, Cbor.Dict.class).isNotEqualTo(INTERNAL_ERROR);
        }
        assertThat(Cbor.parse(fuzzed.answer(Bytes.parseHex(seeds.get(1))), 4)
                        .asDict()
                        .fields()
                        .fields("DescribePCR")
                        .octets("data"))
                .isEqualTo(MEASUREMENT.pcr0().bytes());
    }

    @Test
    void givesRandomBytesThatDoNotRepeat() throws Exception {
        var first = module.ask(Cbor.of("GetRandom"))
                .asDict()
                .fields()
                .fields("GetRandom")
                .octets("random");
        var second = module.ask(Cbor.of("GetRandom"))
                .asDict()
                .fields()
                .fields("GetRandom")
                .octets("random");

        assertThat(first.size()).isEqualTo(256);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void makesEvidenceThatTheVerifierTrustsUnderThisRootAlone() throws Exception {
        module.ask("ExtendPCR", index(16).put("data", NONCE));
        module.ask(Cbor.map().put("LockPCR", index(16).build()).build());
        var evidence = evidence();

        var trusted = verifier().verify(evidence, fresh()).trusted().orElseThrow();
        var elsewhere = new AttestationVerifier(TrustRoots.awsNitro()).verify(evidence, fresh());
        var other = SimulatedRoot.create(RANDOM, now.minus(Duration.ofDays(1)));
        var neighbour = new AttestationVerifier(TrustRoots.of(other.certificate())).verify(evidence, fresh());

        assertThat(trusted.root().trustDomain()).isEqualTo(TrustDomain.SIMULATED);
        assertThat(trusted.claims().pcrs().measurement()).isEqualTo(MEASUREMENT);
        assertThat(trusted.claims().pcrs().values()).hasSize(17);
        assertThat(trusted.claims().pcrs().at(16)).contains(Pcrs.extend(Pcrs.zero(), NONCE));
        assertThat(trusted.claims().publicKey()).contains(Bytes.utf8("key"));
        assertThat(elsewhere.refusal()).contains(Reason.UNKNOWN_ROOT);
        assertThat(neighbour.refusal()).contains(Reason.UNKNOWN_ROOT);
    }

    @Test
    void makesEvidenceOfTheFormOfRealDocuments() throws Exception {
        var hex = evidence().document().hex();

        assertThat(hex).startsWith("8444a1013822a059").contains("bf696d6f64756c655f69647827");
        assertThat(evidence().document().size()).isLessThan(8192);
    }

    @Test
    void writesDefiniteMapsWhereThePlatformIsToldTo() throws Exception {
        var definite = new SecurityModule(
                EnclaveId.create(INSTANCE, now, RANDOM),
                REGISTERS,
                new Authorities(root, INSTANCE, RANDOM, () -> now),
                new SecurityModule.Surroundings(RANDOM, () -> now, EvidenceForm.DEFINITE_MAP));
        var request = Cbor.map()
                .put("Attestation", Cbor.map().put("nonce", NONCE).build())
                .build();

        var evidence = new Evidence(Cbor.parse(definite.answer(request.encode()), 4)
                .asDict()
                .fields()
                .fields("Attestation")
                .octets("document"));

        assertThat(evidence.document().hex()).contains("a9696d6f64756c655f6964");
        assertThat(verifier().verify(evidence, fresh()).refusal()).isEmpty();
    }

    @Test
    void debugEnclavesAreRefused() throws Exception {
        close();
        open();
        listen("debug.sock", REGISTERS.ofDebugMode());

        assertThat(verifier().verify(evidence(), fresh()).refusal()).contains(Reason.DEBUG_MODE);
    }

    @Test
    void reusesALeafWhileVerifiersCanStillFollowAndStaysTrustedForMonths() throws Exception {
        var first = leaf();
        now = now.plus(Duration.ofMinutes(169));
        assertThat(leaf()).isEqualTo(first);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(leaf()).isNotEqualTo(first);

        for (int step = 0; step < 60; step++) {
            now = now.plus(Duration.ofHours(13));
            var evidence = evidence();
            // The verifier's clock is a little ahead, and nothing in the chain has ended there either.
            now = now.plus(Duration.ofMinutes(9));
            assertThat(verifier()
                            .verify(evidence, new Freshness(NONCE, now, Duration.ofMinutes(10)))
                            .refusal())
                    .isEmpty();
        }
    }

    @Test
    void replacesALeafWhenTheClockIsSetBack() throws Exception {
        leaf();
        now = now.minus(Duration.ofHours(1));

        assertThat(verifier().verify(evidence(), fresh()).refusal()).isEmpty();
    }

    /** The part of a document that the certificate fills is the same as long as the key is. */
    private String leaf() throws Exception {
        var hex = evidence().document().hex();
        int at = hex.indexOf("6b6365727469666963617465");
        return hex.substring(at, at + 600);
    }

    private Evidence evidence() throws Exception {
        return new Evidence(module.ask(
                        "Attestation",
                        Cbor.map()
                                .put("nonce", NONCE)
                                .put("user_data", Optional.empty())
                                .put("public_key", Bytes.utf8("key")))
                .octets("document"));
    }

    private Bytes pcr(int index) throws Exception {
        return module.ask("DescribePCR", index(index)).octets("data");
    }

    private AttestationVerifier verifier() {
        return new AttestationVerifier(TrustRoots.of(root.certificate()));
    }

    private SecurityModule.Surroundings surroundings() {
        return new SecurityModule.Surroundings(RANDOM, () -> now, EvidenceForm.INDEFINITE_MAP);
    }

    private Freshness fresh() {
        return new Freshness(NONCE, now, Duration.ofMinutes(1));
    }

    private static Cbor.Builder index(int index) {
        return Cbor.map().put("index", index);
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
