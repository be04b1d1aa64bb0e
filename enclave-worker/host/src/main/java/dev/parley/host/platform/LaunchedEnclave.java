package dev.parley.host.platform;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A running enclave. Closing it ends the enclave, however far it got. */
public interface LaunchedEnclave extends AutoCloseable {
    /** The connection that the enclave made through its door. */
    SocketChannel door();

    /** What came through the door before it was anyone's turn to serve it: whole frames, read first. */
    default Bytes ahead() {
        return Bytes.empty();
    }

    /** The level of isolation that the platform reached, for the run's record. */
    String isolation();

    /** The parent's role as the platform tells it, which PCR3 of the enclave proves; empty where there is none. */
    Optional<String> role();

    @Override
    void close() throws IOException;
}
