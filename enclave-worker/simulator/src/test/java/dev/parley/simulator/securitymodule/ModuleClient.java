package dev.parley.simulator.securitymodule;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The enclave's side of the security module, written from the specification alone. */
final class ModuleClient implements AutoCloseable {
    private final SocketChannel connection;

    ModuleClient(Path socket) throws IOException {
        connection = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    Cbor ask(Cbor request) throws IOException, Malformed {
        return Cbor.parse(askRaw(request.encode()), 4);
    }

    /** The members of the answer of the same name. */
    CborFields ask(String name, Cbor.Builder members) throws IOException, Malformed {
        return ask(Cbor.map().put(name, members.build()).build())
                .asDict()
                .fields()
                .fields(name);
    }

    /** The error code, for a request that must fail. */
    String error(String name, Cbor.Builder members) throws IOException, Malformed {
        return error(Cbor.map().put(name, members.build()).build());
    }

    String error(Cbor request) throws IOException, Malformed {
        return ask(request).asDict().fields().text("Error");
    }

    Bytes askRaw(Bytes request) throws IOException {
        var frame = ByteBuffer.allocate(Integer.BYTES + request.size());
        frame.putInt(request.size()).put(request.asBuffer()).flip();
        connection.write(frame);
        return Bytes.copyOf(read(read(Integer.BYTES).getInt()));
    }

    private ByteBuffer read(int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (connection.read(buffer) < 0) {
                throw new EOFException("the module hung up");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
