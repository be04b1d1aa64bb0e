package dev.parley.host.platform;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** A running enclave. Closing it ends the enclave, however far it got. */
public interface LaunchedEnclave extends AutoCloseable {
    /** The connection that the enclave made through its door. */
    SocketChannel door();

    /** The level of isolation that the platform reached, for the run's record. */
    String isolation();

    @Override
    void close() throws IOException;
}
