package dev.parley.enclave.securitymodule;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The simulated module's socket ({@code enclave-channel.md} §4): the bytes of {@code /dev/nsm}, framed. */
public final class SocketTransport implements SecurityModule.Transport {
    private static final Frames REQUESTS = new Frames(SecurityModule.MAX_REQUEST);
    private static final Frames RESPONSES = new Frames(SecurityModule.MAX_RESPONSE);

    private final SocketChannel socket;
    private final DataInputStream in;
    private final OutputStream out;

    private SocketTransport(SocketChannel socket) {
        this.socket = socket;
        this.in = new DataInputStream(Channels.newInputStream(socket));
        this.out = Channels.newOutputStream(socket);
    }

    public static SocketTransport connect(Path path) throws IOException {
        var socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        return new SocketTransport(socket);
    }

    @Override
    public Bytes exchange(Bytes request) throws IOException, Malformed {
        if (request.size() > SecurityModule.MAX_REQUEST) {
            return Cbor.map().put("Error", "InputTooLarge").build().encode();
        }
        REQUESTS.write(out, request);
        return RESPONSES.read(in).orElseThrow(() -> new EOFException("the security module closed its socket"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
