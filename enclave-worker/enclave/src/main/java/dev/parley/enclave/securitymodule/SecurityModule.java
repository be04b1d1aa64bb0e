package dev.parley.enclave.securitymodule;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** The requests of the NSM API that the enclave needs. One user at a time. */
public final class SecurityModule {
    /** What a module takes and gives, in bytes. */
    static final int MAX_REQUEST = 0x1000;

    static final int MAX_RESPONSE = 0x3000;
    private static final int MAX_DEPTH = 4;

    private final Transport transport;

    public SecurityModule(Transport transport) {
        this.transport = transport;
    }

    /**
     * Carries one request and its response: a socket where Nitro is simulated, a device where it is not. A request that
     * is longer than any module takes is answered with {@code InputTooLarge}, whoever notices it.
     */
    public interface Transport extends AutoCloseable {
        Bytes exchange(Bytes request) throws IOException, Malformed;

        @Override
        void close() throws IOException;
    }

    /** The device where the machine has one, and else the socket of a simulated module. */
    public static Transport connect(Path device, Path socket) throws IOException {
        return Files.exists(device)
                ? DeviceTransport.open(device, Kernel.ofThisMachine())
                : SocketTransport.connect(socket);
    }

    /** PCR0 to PCR2 of this very enclave. */
    public Measurement measurement() throws IOException, Malformed {
        return new Measurement(pcr(0), pcr(1), pcr(2));
    }

    /** Whether PCR3 is what this role, or none, makes of it. */
    public boolean proves(Optional<ParentRole> role) throws IOException, Malformed {
        return pcr(ParentRole.INDEX).equals(ParentRole.register(role));
    }

    /** Extends a register by the raw bytes of a digest and locks it. */
    public void extendAndLock(int index, Sha384Digest value) throws IOException, Malformed {
        var extend = Cbor.map().put("index", index).put("data", value.bytes()).build();
        ask("ExtendPCR", extend).octets("data");
        var lock = Cbor.map()
                .put("LockPCR", Cbor.map().put("index", index).build())
                .build();
        if (!exchange(lock).equals(Cbor.of("LockPCR"))) {
            throw new Malformed("the security module did not lock register " + index);
        }
    }

    /** Evidence over this enclave's registers and the given fields, each at most 1,024 bytes. */
    public Evidence attest(Optional<Bytes> publicKey, Bytes userData, Optional<Bytes> nonce)
            throws IOException, Malformed {
        var request = Cbor.map()
                .put("user_data", userData)
                .put("nonce", nonce)
                .put("public_key", publicKey)
                .build();
        return new Evidence(ask("Attestation", request).octets("document"));
    }

    /**
     * Mixes the platform's randomness into the enclave's own, which only adds to it. A clone of a machine shares the
     * state of its generator with the machine that it was copied from; what the module gives is each one's own.
     */
    public void mixInto(SecureRandom random) throws IOException, Malformed {
        var bytes = random();
        random.setSeed(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    /** 256 bytes or so. */
    byte[] random() throws IOException, Malformed {
        var answer = exchange(Cbor.of("GetRandom")).asDict().fields();
        var random = answer.fields("GetRandom").octets("random");
        answer.end();
        return random.toArray();
    }

    private Sha384Digest pcr(int index) throws IOException, Malformed {
        var answer = ask("DescribePCR", Cbor.map().put("index", index).build());
        return new Sha384Digest(answer.octets("data", Sha384Digest.SIZE, Sha384Digest.SIZE));
    }

    private CborFields ask(String request, Cbor.Dict arguments) throws IOException, Malformed {
        return exchange(Cbor.map().put(request, arguments).build())
                .asDict()
                .fields()
                .fields(request);
    }

    private Cbor exchange(Cbor request) throws IOException, Malformed {
        return Cbor.parse(transport.exchange(request.encode()), MAX_DEPTH);
    }
}
