package dev.parley.cli.remote;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.SecretSource;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The tokens of one profile, kept between commands and renewed when they lapse. */
final class Tokens {
    private static final String KIND = "login/1";
    private static final int LIMIT = 64 << 10;
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Home home;
    private final Terminal terminal;
    private final Http http;

    Tokens(Home home, Terminal terminal, Http http) {
        this.home = home;
        this.terminal = terminal;
        this.http = http;
    }

    /**
     * A login that was made.
     *
     * @param secretFile where a job's client secret lies, to log in again without a person
     */
    record Login(URI issuer, String client, Optional<Path> secretFile, Realm.Grant grant) {
        Json.Obj json() {
            return Json.object()
                    .put("parley", KIND)
                    .put("issuer", issuer.toString())
                    .put("client", client)
                    .put("secretFile", secretFile.map(Path::toString).orElse(null))
                    .put("accessToken", grant.accessToken())
                    .put("expires", grant.expires().toString())
                    .put("refreshToken", grant.refreshToken().orElse(null))
                    .build();
        }

        static Login parse(Json.Obj json) throws Malformed {
            var fields = json.fields();
            fields.require("parley", KIND);
            var login = new Login(
                    fields.text("issuer", URI::create),
                    fields.string("client"),
                    fields.optionalText("secretFile", Path::of),
                    new Realm.Grant(
                            fields.string("accessToken"),
                            fields.instant("expires"),
                            fields.optionalText("refreshToken", text -> text)));
            fields.end();
            return login;
        }
    }

    void keep(ServiceName service, Login login) throws Failure {
        OwnFiles.writePrivate(file(service), login.json().canonical());
    }

    /** A token that is still good. */
    String current(ServiceName service) throws Failure {
        var login = read(service);
        var now = terminal.now();
        if (now.isBefore(login.grant().expires().minus(MARGIN))) {
            return login.grant().accessToken();
        }
        var renewed = new Login(login.issuer(), login.client(), login.secretFile(), renew(service, login, now));
        keep(service, renewed);
        return renewed.grant().accessToken();
    }

    private Realm.Grant renew(ServiceName service, Login login, Instant now) throws Failure {
        if (login.secretFile().isPresent()) {
            var secret = new SecretSource("client secret", login.secretFile(), Optional.empty()).read(terminal);
            try {
                return Realm.discover(http, login.issuer()).byClientSecret(login.client(), new String(secret), now);
            } finally {
                Arrays.fill(secret, '\0');
            }
        }
        if (login.grant().refreshToken().isPresent()) {
            return Realm.discover(http, login.issuer())
                    .byRefresh(login.client(), login.grant().refreshToken().get(), now);
        }
        throw needed(service);
    }

    private Login read(ServiceName service) throws Failure {
        var file = file(service);
        if (!Files.isRegularFile(file)) {
            throw needed(service);
        }
        try {
            var login = Login.parse(Json.parse(OwnFiles.read(file, LIMIT)).asObject());
            var issuer = service.of(home.profile()).issuer();
            if (!issuer.equals(Optional.of(login.issuer()))) {
                throw needed(service);
            }
            return login;
        } catch (Malformed | IllegalArgumentException e) {
            throw needed(service);
        }
    }

    private static Failure needed(ServiceName service) {
        return Failure.of(CliCode.LOGIN_NEEDED, "no login at the " + service.text() + ": parley login");
    }

    private Path file(ServiceName service) throws Failure {
        return home.folder("tokens").resolve(service.text() + ".json");
    }
}
