package dev.parley.local.keycloak;

import dev.parley.local.process.Child;
import dev.parley.local.process.Children;
import dev.parley.local.process.Launch;
import dev.parley.local.process.Readiness;
import dev.parley.local.process.StartFailed;
import dev.parley.local.state.StateFolder;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running Keycloak. Realms are imported into an empty database only; later changes of theirs are kept. */
public final class Keycloak {
    /** Where a realm's template differs from what was imported, the database is made anew. */
    private static final String IMPORTED = "imported";

    private final StateFolder folder;
    private final int port;
    private final Child server;

    private Keycloak(StateFolder folder, int port, Child server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** Starts and waits until every realm answers. */
    public static Keycloak start(
            KeycloakDistribution distribution, StateFolder folder, int port, Children children, List<Realm> realms)
            throws IOException, StartFailed, InterruptedException {
        distribution.build(children, folder.file("build.log"));
        distribution.makeHome(folder.path());
        var wanted = digest(realms);
        boolean empty = !wanted.equals(imported(folder));
        if (empty) {
            writeImport(folder, realms);
        }
        var line = distribution.line(folder.path(), arguments(port, empty));
        var launch = Launch.of("keycloak", line, folder.file("keycloak.log")).with(adminLogin(folder));
        var last = URI.create(issuer(port, realms.getLast().name()) + "/.well-known/openid-configuration");
        var server = children.start(launch, Readiness.http(last));
        // Filled realm files hold every secret of the installation: gone as soon as they are in the database.
        folder.folder("data").remove("import");
        folder.writePrivate(IMPORTED, wanted);
        return new Keycloak(folder, port, server);
    }

    public URI issuer(String realm) {
        return issuer(port, realm);
    }

    /** The issuer of a realm of the Keycloak on that port. */
    public static URI issuer(int port, String realm) {
        return URI.create("http://127.0.0.1:" + port + "/realms/" + realm);
    }

    /** The administration console; its login lies in the state folder. */
    public URI console() {
        return URI.create("http://127.0.0.1:" + port + "/admin/");
    }

    public Child process() {
        return server;
    }

    public StateFolder folder() {
        return folder;
    }

    private static List<String> arguments(int port, boolean importing) {
        var arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port));
        if (importing) {
            arguments.add("--import-realm");
        }
        return arguments;
    }

    private static Map<String, String> adminLogin(StateFolder folder) throws IOException {
        return Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                folder.secret("admin.password", new SecureRandom()).reveal());
    }

    private static void writeImport(StateFolder folder, List<Realm> realms) throws IOException {
        folder.remove("data");
        var files = folder.folder("data").folder("import");
        for (var realm : realms) {
            files.writePrivate(realm.name() + "-realm.json", realm.filled());
        }
    }

    private static String imported(StateFolder folder) throws IOException {
        var file = folder.file(IMPORTED);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String digest(List<Realm> realms) throws IOException {
        var all = new StringBuilder();
        for (var realm : realms) {
            all.append(realm.filled());
        }
        return Sha256Digest.of(Bytes.utf8(all.toString())).toString();
    }
}
