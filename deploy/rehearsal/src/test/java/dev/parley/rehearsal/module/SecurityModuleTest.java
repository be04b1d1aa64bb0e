package dev.parley.rehearsal.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.securitymodule.DeviceTransport;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.enclave.securitymodule.SecurityModule.Transport;
import dev.parley.enclave.securitymodule.SocketTransport;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.pki.SimulatedRoot;
import dev.parley.simulator.securitymodule.EnclaveId;
import dev.parley.simulator.securitymodule.EvidenceForm;
import dev.parley.simulator.securitymodule.ModuleSocket;
import dev.parley.simulator.securitymodule.PlatformRegisters;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The enclave's code and the simulated module: evidence that a verifier trusts, by the device as by the socket. */
final class SecurityModuleTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final Measurement IMAGE = new Measurement(digest("0"), digest("1"), digest("2"));
    private static final Bytes NONCE = Bytes.utf8("a nonce of sixteen bytes or more");

    private final SimulatedRoot root;
    private final dev.parley.simulator.securitymodule.SecurityModule module;

    SecurityModuleTest() throws Exception {
        root = SimulatedRoot.create(RANDOM, NOW.minus(Duration.ofDays(1)));
        module = new dev.parley.simulator.securitymodule.SecurityModule(
                EnclaveId.create(INSTANCE, NOW, RANDOM),
                PlatformRegisters.ofUnsigned(IMAGE, Optional.empty(), INSTANCE),
                new Authorities(root, INSTANCE, RANDOM, () -> NOW),
                new dev.parley.simulator.securitymodule.SecurityModule.Surroundings(
                        RANDOM, () -> NOW, EvidenceForm.INDEFINITE_MAP));
    }

    @Test
    void attestsThroughTheDevice() throws Exception {
        try (var arena = Arena.ofShared();
                var device = DeviceTransport.open(Path.of("/dev/nsm"), new ModuleDriver(module).kernel(arena))) {
            requireTrusted(device);
        }
    }

    @Test
    void attestsThroughTheSocket() throws Exception {
        var socket = Files.createTempDirectory("module").resolve("nsm.sock");
        try (var _ = ModuleSocket.listen(socket, module);
                var transport = SocketTransport.connect(socket)) {
            requireTrusted(transport);
        } finally {
            Files.delete(socket);
            Files.delete(socket.getParent());
        }
    }

    private void requireTrusted(Transport transport) throws Exception {
        var view = new SecurityModule(transport);
        assertThat(view.measurement()).isEqualTo(IMAGE);
        view.extendAndLock(16, digest("policy"));
        view.mixInto(new SecureRandom());

        var evidence = view.attest(Optional.of(largest()), largest(), Optional.of(NONCE));

        var trusted = new AttestationVerifier(TrustRoots.of(root.certificate()))
                .verify(evidence, new Freshness(NONCE, NOW, Duration.ofMinutes(1)))
                .trusted()
                .orElseThrow();
        assertThat(trusted.claims().publicKey()).contains(largest());
        assertThat(trusted.claims().pcrs().at(16))
                .contains(Pcrs.extend(Pcrs.zero(), digest("policy").bytes()));
    }

    private static Bytes largest() {
        return Bytes.copyOf(new byte[1024]);
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
