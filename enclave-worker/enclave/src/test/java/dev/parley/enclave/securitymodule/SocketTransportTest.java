package dev.parley.enclave.securitymodule;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class SocketTransportTest implements TransportContract {
    private Path folder = Path.of("");
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        folder = Files.createTempDirectory("parley-transport-");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(folder.resolve("nsm.sock")));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        Files.delete(folder.resolve("nsm.sock"));
        Files.delete(folder);
    }

    @Override
    public SecurityModule.Transport connect(ScriptedModule module) throws IOException {
        Thread.ofVirtual().start(() -> serve(module));
        return SecurityModule.connect(folder.resolve("no-device"), folder.resolve("nsm.sock"));
    }

    private void serve(ScriptedModule module) {
        var frames = new Frames(0x3000);
        try (var connection = listener.accept();
                var in = new DataInputStream(Channels.newInputStream(connection))) {
            for (var request = frames.read(in); request.isPresent(); request = frames.read(in)) {
                var answer = module.answer(request.get());
                if (answer.isEmpty()) {
                    return;
                }
                frames.write(Channels.newOutputStream(connection), answer.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }
}
