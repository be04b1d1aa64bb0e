package dev.parley.local.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The loopback ports of a room, kept between starts: the policy that the parties signed names the addresses of their
 * brokers, so these cannot move. Safe for use by several threads.
 */
public final class Ports {
    // Below the ports that systems give to outgoing connections, which could otherwise hold ours at the next start.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final Path file;
    private final Map<String, Integer> known;

    private Ports(Path file, Map<String, Integer> known) {
        this.file = file;
        this.known = known;
    }

    public static Ports of(StateFolder state) throws IOException {
        var file = state.file("ports");
        var known = new TreeMap<String, Integer>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                int at = line.indexOf('=');
                known.put(line.substring(0, at), Integer.valueOf(line.substring(at + 1)));
            }
        }
        return new Ports(file, known);
    }

    /** The port of that service: a free one at its first use, the same one ever after. */
    public synchronized int of(String service) throws IOException {
        var port = known.get(service);
        if (port == null) {
            port = free();
            known.put(service, port);
            Files.writeString(file, known.entrySet().stream().map(e -> e + "\n").collect(Collectors.joining()));
        } else if (!isFree(port)) {
            throw new IOException("port " + port + ", which belongs to " + service + " of this room, is in use: is the"
                    + " room running already? (see " + file + ")");
        }
        return port;
    }

    private int free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!known.containsValue(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
