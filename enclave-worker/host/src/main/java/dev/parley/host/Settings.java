package dev.parley.host;

import dev.parley.host.operator.AccessTokens.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the host was started.
 *
 * @param name what the operator's API calls this host
 * @param api the base address of the operator's API
 * @param credentials its client's secret comes from a file, so that it stands in no process list
 * @param platformSocket the control socket of the platform
 */
record Settings(String name, URI api, Credentials credentials, Path platformSocket) {
    static final String USAGE =
            "usage: --name NAME --api URL --token-endpoint URL --client ID --secret-file FILE --platform SOCKET";
    private static final Set<String> NAMES =
            Set.of("--name", "--api", "--token-endpoint", "--client", "--secret-file", "--platform");

    static Settings parse(String[] arguments) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (var i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length != 2 * NAMES.size() || !given.keySet().equals(NAMES)) {
            throw new IllegalArgumentException(USAGE);
        }
        var secret = Files.readString(Path.of(value(given, "--secret-file"))).strip();
        return new Settings(
                value(given, "--name"),
                URI.create(value(given, "--api")),
                new Credentials(URI.create(value(given, "--token-endpoint")), value(given, "--client"), secret),
                Path.of(value(given, "--platform")));
    }

    private static String value(Map<String, String> given, String name) {
        var value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(USAGE);
        }
        return value;
    }
}
