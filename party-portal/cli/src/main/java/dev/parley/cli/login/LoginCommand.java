package dev.parley.cli.login;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.SecretSource;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.ServiceName;
import dev.parley.cli.remote.Sessions;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley login}. */
@Command(
        name = "login",
        description = {
            "Log in at the operator and at your party's portal, as far as the profile names them.",
            "A person confirms a code in a browser; a job gives its client secrets."
        },
        footer = {
            "",
            "Example of a job:",
            "  parley login --client-credentials --operator-client retailer-job --operator-secret-file FILE \\",
            "      --portal-client parley-job --portal-secret-file FILE"
        })
public final class LoginCommand implements Callable<Integer> {
    private static final String DEVICE_CLIENT = "parley-cli";

    private final Terminal terminal;

    @Option(names = "--client-credentials", description = "Log in as a job.")
    private boolean job;

    @Option(names = "--at", paramLabel = "SERVICE", description = "Only there: operator or portal.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--operator-client", paramLabel = "ID", description = "Client at the operator's realm.")
    private Optional<String> operatorClient = Optional.empty();

    @Option(names = "--operator-secret-file", paramLabel = "FILE", description = "Its secret; the file is remembered.")
    private Optional<Path> operatorFile = Optional.empty();

    @Option(names = "--operator-secret-fd", paramLabel = "N", description = "Its secret, from an open descriptor.")
    private Optional<Integer> operatorDescriptor = Optional.empty();

    @Option(names = "--portal-client", paramLabel = "ID", description = "Client at the party's realm.")
    private Optional<String> portalClient = Optional.empty();

    @Option(names = "--portal-secret-file", paramLabel = "FILE", description = "Its secret; the file is remembered.")
    private Optional<Path> portalFile = Optional.empty();

    @Option(names = "--portal-secret-fd", paramLabel = "N", description = "Its secret, from an open descriptor.")
    private Optional<Integer> portalDescriptor = Optional.empty();

    public LoginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var services = services(home);
        try (var sessions = new Sessions(home, terminal)) {
            for (var service : services) {
                login(sessions, service);
            }
        }
        var names = services.stream().map(ServiceName::text).toList();
        terminal.result(
                Json.object().put("loggedIn", Json.strings(names)).build(),
                "logged in at " + String.join(" and ", names));
        return 0;
    }

    private List<ServiceName> services(Home home) throws Failure {
        var services = new ArrayList<ServiceName>();
        for (var service : ServiceName.values()) {
            var wanted = at.map(service.text()::equals)
                    .orElse(service.of(home.profile()).issuer().isPresent());
            if (wanted) {
                services.add(service);
            }
        }
        if (services.isEmpty()) {
            throw Failure.of(
                    CliCode.PROFILE_INCOMPLETE,
                    "nowhere to log in: parley profile set --operator-url URL --operator-issuer URL …");
        }
        return services;
    }

    private void login(Sessions sessions, ServiceName service) throws Failure {
        var operator = service == ServiceName.OPERATOR;
        var client = operator ? operatorClient : portalClient;
        if (!job) {
            sessions.loginPerson(service, client.orElse(DEVICE_CLIENT));
            return;
        }
        var file = (operator ? operatorFile : portalFile)
                .map(path -> path.toAbsolutePath().normalize());
        var source = new SecretSource(
                "client secret at the " + service.text(), file, operator ? operatorDescriptor : portalDescriptor);
        var secret = source.read(terminal);
        try {
            sessions.loginJob(
                    service,
                    client.orElseThrow(() ->
                            Failure.of(CliCode.USAGE, "--client-credentials needs --" + service.text() + "-client ID")),
                    new String(secret),
                    file);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
