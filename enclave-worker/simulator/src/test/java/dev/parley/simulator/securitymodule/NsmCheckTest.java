package dev.parley.simulator.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.pki.SimulatedRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What AWS's own checker of a module, nsm-check, asks of one, in its order: an enclave of a parent without a role, from
 * an image that nobody signed.
 */
final class NsmCheckTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Bytes DUMMY = Bytes.takeOwnershipOf(new byte[] {1, 2, 3});
    private static final int RESERVED = 5;

    private Path folder = Path.of("");
    private ModuleSocket socket;
    private ModuleClient module;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createTempDirectory("parley-nsm-check-");
        var root = SimulatedRoot.create(RANDOM, NOW);
        var measurement = new Measurement(digest("0"), digest("1"), digest("2"));
        socket = ModuleSocket.listen(
                folder.resolve("nsm.sock"),
                new SecurityModule(
                        EnclaveId.create(INSTANCE, NOW, RANDOM),
                        PlatformRegisters.ofUnsigned(measurement, Optional.empty(), INSTANCE),
                        new Authorities(root, INSTANCE, RANDOM, () -> NOW),
                        new SecurityModule.Surroundings(RANDOM, () -> NOW, EvidenceForm.INDEFINITE_MAP)));
        module = new ModuleClient(folder.resolve("nsm.sock"));
    }

    @AfterEach
    void close() throws Exception {
        module.close();
        socket.close();
        dev.parley.simulator.sandbox.WorkFolder.delete(folder);
    }

    @Test
    void describesThirtyTwoRegistersAndNamesItself() throws Exception {
        var description = describe();

        assertThat(description.integer("max_pcrs", 0, 65_535)).isEqualTo(32);
        assertThat(description.text("module_id")).isNotEmpty();
        assertThat(description.text("digest")).isEqualTo("SHA384");
        assertThat(description.integer("version_major", 0, 65_535)).isEqualTo(1);
        assertThat(description.integer("version_minor", 0, 65_535)).isZero();
        assertThat(description.integer("version_patch", 0, 65_535)).isZero();
    }

    @Test
    void attestsWithoutAnyData() throws Exception {
        assertThat(attest(Optional.empty(), Optional.empty(), Optional.empty()).size())
                .isPositive();
    }

    @Test
    void startsWithRegistersZeroToFourFilledButThatOfTheRoleAndAllOthersEmpty() throws Exception {
        for (int index = 0; index < RESERVED; index++) {
            assertThat(data(index).equals(Pcrs.zero().bytes())).isEqualTo(index == 3);
        }
        for (int index = RESERVED; index < 32; index++) {
            assertThat(data(index)).isEqualTo(Pcrs.zero().bytes());
        }
    }

    @Test
    void startsWithRegistersZeroToFifteenLockedAndNoOther() throws Exception {
        assertThat(describe().array("locked_pcrs"))
                .isEqualTo(IntStream.range(0, 16).mapToObj(Cbor::of).toList());
        for (int index = 0; index < 32; index++) {
            assertThat(locked(index)).isEqualTo(index < 16);
        }
    }

    @Test
    void takesRegistersThroughExtendingAndLockingToTheirEnd() throws Exception {
        for (int index = 0; index < 16; index++) {
            assertThat(module.error("LockPCR", index(index))).isNotEmpty();
        }
        for (int loop = 0; loop < 10; loop++) {
            for (int index = 16; index < 32; index++) {
                var extended =
                        module.ask("ExtendPCR", index(index).put("data", DUMMY)).octets("data", 48, 48);
                assertThat(extended).isNotEqualTo(Pcrs.zero().bytes());
            }
        }
        for (int index = 16; index < 32; index++) {
            assertThat(module.ask(named("LockPCR", index(index)))).isEqualTo(Cbor.of("LockPCR"));
        }
        assertThat(module.ask(named("LockPCRs", Cbor.map().put("range", 32)))).isEqualTo(Cbor.of("LockPCRs"));
        assertThat(module.error("LockPCRs", Cbor.map().put("range", 33))).isNotEmpty();
        for (int index = 0; index < 32; index++) {
            assertThat(module.error("ExtendPCR", index(index).put("data", DUMMY)))
                    .isNotEmpty();
        }
        for (int loop = 0; loop < 10; loop++) {
            for (int index = 0; index < 32; index++) {
                assertThat(locked(index)).isTrue();
                assertThat(data(index).equals(Pcrs.zero().bytes()))
                        .isEqualTo(index == 3 || (index >= RESERVED && index < 16));
            }
        }
    }

    @Test
    void attestsWithUserDataThenNonceThenPublicKeyOfOneThousandAndTwentyFourBytesEach() throws Exception {
        var data = new byte[1024];
        Arrays.fill(data, (byte) 128);
        var full = Optional.of(Bytes.takeOwnershipOf(data));

        assertThat(attest(full, Optional.empty(), Optional.empty()).size()).isGreaterThan(1024);
        assertThat(attest(full, full, Optional.empty()).size()).isGreaterThan(2048);
        assertThat(attest(full, full, full).size()).isGreaterThan(3072);
    }

    @Test
    void givesSixteenTimesRandomBytesAndNeverTheSame() throws Exception {
        Set<Bytes> seen = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            var random = module.ask(Cbor.of("GetRandom"))
                    .asDict()
                    .fields()
                    .fields("GetRandom")
                    .octets("random");
            assertThat(random.size()).isEqualTo(256);
            assertThat(seen.add(random)).isTrue();
        }
    }

    private CborFields describe() throws Exception {
        return module.ask(Cbor.of("DescribeNSM")).asDict().fields().fields("DescribeNSM");
    }

    private Bytes data(int index) throws Exception {
        return module.ask("DescribePCR", index(index)).octets("data", 48, 48);
    }

    private boolean locked(int index) throws Exception {
        return module.ask("DescribePCR", index(index)).bool("lock");
    }

    private Bytes attest(Optional<Bytes> userData, Optional<Bytes> nonce, Optional<Bytes> publicKey) throws Exception {
        return module.ask(
                        "Attestation",
                        Cbor.map()
                                .put("user_data", userData)
                                .put("nonce", nonce)
                                .put("public_key", publicKey))
                .octets("document");
    }

    private static Cbor named(String name, Cbor.Builder members) {
        return Cbor.map().put(name, members.build()).build();
    }

    private static Cbor.Builder index(int index) {
        return Cbor.map().put("index", index);
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
