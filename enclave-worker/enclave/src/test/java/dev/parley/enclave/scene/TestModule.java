package dev.parley.enclave.scene;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A security module for one enclave behind a socket, with evidence that its platform really signs. */
public final class TestModule implements AutoCloseable {
    private final TestPlatform platform;
    private final ServerSocketChannel listener;
    private final Bytes random;
    private final Map<Integer, Sha384Digest> registers = new HashMap<>();
    private final Set<Integer> locked = new TreeSet<>();

    private TestModule(TestPlatform platform, ServerSocketChannel listener, Bytes random) {
        this.platform = platform;
        this.listener = listener;
        this.random = random;
    }

    public static TestModule listen(Path socket, TestPlatform platform) throws IOException {
        return listen(socket, platform, Bytes.copyOf(new byte[256]));
    }

    /** One that gives these bytes whenever it is asked for random ones. */
    public static TestModule listen(Path socket, TestPlatform platform, Bytes random) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        var module = new TestModule(platform, listener, random);
        Thread.ofVirtual().start(module::serve);
        return module;
    }

    private void serve() {
        try (var socket = listener.accept();
                var in = new DataInputStream(Channels.newInputStream(socket))) {
            var out = Channels.newOutputStream(socket);
            var frames = new Frames(0x3000);
            for (var frame = frames.read(in); frame.isPresent(); frame = frames.read(in)) {
                frames.write(out, answer(Cbor.parse(frame.get(), 4)).encode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private Cbor answer(Cbor request) throws Malformed {
        if (request.equals(Cbor.of("GetRandom"))) {
            return Cbor.map()
                    .put("GetRandom", Cbor.map().put("random", random).build())
                    .build();
        }
        var fields = request.asDict().fields();
        if (fields.has("DescribePCR")) {
            return described("DescribePCR", (int) fields.fields("DescribePCR").integer("index", 0, 31));
        }
        if (fields.has("ExtendPCR")) {
            return extend(fields.fields("ExtendPCR"));
        }
        if (fields.has("LockPCR")) {
            locked.add((int) fields.fields("LockPCR").integer("index", 0, 31));
            return Cbor.of("LockPCR");
        }
        return attest(fields.fields("Attestation"));
    }

    private Cbor extend(CborFields arguments) throws Malformed {
        var index = (int) arguments.integer("index", 16, 31);
        if (locked.contains(index)) {
            return Cbor.map().put("Error", "ReadOnlyIndex").build();
        }
        registers.put(index, Pcrs.extend(value(index), arguments.octets("data")));
        return described("ExtendPCR", index);
    }

    private Cbor described(String answer, int index) {
        var register = Cbor.map()
                .put("lock", locked.contains(index))
                .put("data", value(index).bytes())
                .build();
        return Cbor.map().put(answer, register).build();
    }

    private Sha384Digest value(int index) {
        var image = Scene.IMAGE;
        return switch (index) {
            case 0 -> image.pcr0();
            case 1 -> image.pcr1();
            case 2 -> image.pcr2();
            case ParentRole.INDEX -> ParentRole.register(Optional.of(Scene.ROLE));
            default -> registers.getOrDefault(index, Pcrs.zero());
        };
    }

    private Cbor attest(CborFields arguments) throws Malformed {
        var claims = TestClaims.at(Scene.NOW).measurement(Scene.IMAGE).pcr(ParentRole.INDEX, value(ParentRole.INDEX));
        locked.forEach(index -> claims.pcr(index, value(index)));
        arguments.octetsOrNull("user_data").ifPresent(claims::userData);
        arguments.octetsOrNull("nonce").ifPresent(claims::nonce);
        arguments.octetsOrNull("public_key").ifPresent(claims::publicKey);
        var document = platform.attest(claims.build()).document();
        return Cbor.map()
                .put("Attestation", Cbor.map().put("document", document).build())
                .build();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
