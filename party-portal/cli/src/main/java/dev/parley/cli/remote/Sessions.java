package dev.parley.cli.remote;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The services of the profile in use, opened with its tokens. To be closed. */
public final class Sessions implements AutoCloseable {
    private final Home home;
    private final Terminal terminal;
    private final Http http = new Http();
    private final Tokens tokens;

    public Sessions(Home home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
        this.tokens = new Tokens(home, terminal, http);
    }

    public OperatorApi operator() throws Failure {
        return new OperatorApi(this, url(ServiceName.OPERATOR));
    }

    public PortalApi portal() throws Failure {
        return new PortalApi(this, url(ServiceName.PORTAL));
    }

    /** Logs a job in with its client's secret. */
    public void loginJob(ServiceName service, String client, String secret, Optional<Path> secretFile) throws Failure {
        var issuer = issuer(service);
        var grant = Realm.discover(http, issuer).byClientSecret(client, secret, terminal.now());
        tokens.keep(service, new Tokens.Login(issuer, client, secretFile, grant));
    }

    /** Lets a person log in with a browser, here or on another machine. */
    public void loginPerson(ServiceName service, String client) throws Failure {
        var issuer = issuer(service);
        var realm = Realm.discover(http, issuer);
        var code = realm.startDevice(client, terminal.now());
        terminal.surroundings()
                .err()
                .println("To log in at the " + service.text() + ", open " + code.address() + " and compare the code "
                        + code.userCode());
        while (terminal.now().isBefore(code.expires())) {
            pause(Duration.ofSeconds(code.interval()));
            var grant = realm.pollDevice(client, code, terminal.now());
            if (grant.isPresent()) {
                tokens.keep(service, new Tokens.Login(issuer, client, Optional.empty(), grant.get()));
                return;
            }
        }
        throw Failure.of(CliCode.LOGIN_TIMED_OUT, "nobody logged in at the " + service.text() + " in time");
    }

    /** Waits without polling; an interrupt ends the command. */
    public static void pause(Duration time) throws Failure {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(CliCode.SERVICE_UNREACHABLE, "interrupted while waiting");
        }
    }

    Http http() {
        return http;
    }

    String token(ServiceName service) throws Failure {
        return tokens.current(service);
    }

    HttpRequest.Builder request(ServiceName service, URI base, String path) throws Failure {
        return Http.request(base, path).header("Authorization", "Bearer " + token(service));
    }

    private URI url(ServiceName service) throws Failure {
        return home.require(service.of(home.profile()).url(), "--" + service.text() + "-url URL");
    }

    private URI issuer(ServiceName service) throws Failure {
        return home.require(service.of(home.profile()).issuer(), "--" + service.text() + "-issuer URL");
    }

    @Override
    public void close() {
        http.close();
    }
}
