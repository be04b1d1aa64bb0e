package dev.parley.host;

import dev.parley.host.operator.AccessTokens.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the host was started.
 *
 * @param name what the operator's API calls this host
 * @param api the base address of the operator's API
 * @param credentials its client's secret comes from a file, so that it stands in no process list
 * @param platformSocket the control socket of the platform
 * @param warm how many booted enclaves wait for runs; each takes memory while it waits
 */
record Settings(String name, URI api, Credentials credentials, Path platformSocket, int warm) {
    static final String USAGE = "usage: --name NAME --api URL --token-endpoint URL --client ID --secret-file FILE"
            + " --platform SOCKET [--warm 0..64]";
    private static final Set<String> NAMES =
            Set.of("--name", "--api", "--token-endpoint", "--client", "--secret-file", "--platform");
    private static final String WARM = "--warm";
    private static final Pattern COUNT = Pattern.compile("[0-9]|[1-5][0-9]|6[0-4]");

    static Settings parse(String[] arguments) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (var i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        var warm = given.getOrDefault(WARM, "1");
        var named = new HashSet<>(given.keySet());
        named.remove(WARM);
        if (arguments.length != 2 * given.size()
                || !named.equals(NAMES)
                || !COUNT.matcher(warm).matches()) {
            throw new IllegalArgumentException(USAGE);
        }
        var secret = Files.readString(Path.of(value(given, "--secret-file"))).strip();
        return new Settings(
                value(given, "--name"),
                URI.create(value(given, "--api")),
                new Credentials(URI.create(value(given, "--token-endpoint")), value(given, "--client"), secret),
                Path.of(value(given, "--platform")),
                Integer.parseInt(warm));
    }

    private static String value(Map<String, String> given, String name) {
        var value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(USAGE);
        }
        return value;
    }
}
