package dev.parley.cli.run;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.key.KeyStore;
import dev.parley.cli.policy.RoomSource;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import dev.parley.cli.result.ResultOptions;
import dev.parley.cli.result.Results;
import dev.parley.cli.result.RunRequests;
import dev.parley.cli.result.Waiting;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.wire.RunView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley run}. */
@Command(
        name = "run",
        description = {
            "Ask a template of the policy on the newest data. Your run key signs the question; the policy is checked",
            "here first. With --wait the result is fetched, verified and printed."
        },
        footer = {
            "",
            "Example:",
            "  parley run campaign-reach --room retail-media --param campaign=spring --to retailer --wait"
        })
public final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TEMPLATE", description = "The template's id.")
    private String template = "";

    @Option(
            names = "--room",
            required = true,
            paramLabel = "ROOM",
            description = "A room folder, a bundle file, or the id of an approved room.")
    private String room = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "PARTY",
            description = "Who receives the result (default: your own party).")
    private List<String> recipients = new ArrayList<>();

    @Option(
            names = "--valid-for",
            paramLabel = "SECONDS",
            description = "How long the question may be answered (default: ${DEFAULT-VALUE}).")
    private int validFor = 3600;

    @Option(names = "--check", description = "Only say whether the policy allows it, and what it costs.")
    private boolean check;

    @Option(names = "--wait", description = "Wait for the result and print it.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long (default: ${DEFAULT-VALUE}).")
    private int timeout = 900;

    @Mixin
    private final ResultOptions results = new ResultOptions();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        if (validFor < 1) {
            throw Failure.of(CliCode.USAGE, "--valid-for counts seconds from 1");
        }
        var home = Home.of(terminal);
        var bundle = RoomSource.read(room, terminal);
        var question = new Question(
                bundle,
                template,
                parameters,
                recipients,
                home.require(home.profile().party(), "--party ID"));
        try (var sessions = new Sessions(home, terminal)) {
            var operator = sessions.operator();
            var data = NewestVersions.of(question.plan(), bundle, operator.datasets(bundle.room()));
            var store = keys.store(home);
            var request = question.request(
                    data.versions(),
                    terminal.now(),
                    validFor,
                    terminal.surroundings().random());
            var limits = question.requireAllowed(request, terminal.now());
            if (check) {
                report(limits);
                return ExitCode.DONE.number();
            }
            var signed = signed(question, request, data, store);
            var run = operator.submit(signed);
            new RunRequests(home).remember(run.run(), signed);
            if (!wait) {
                report(run);
                return ExitCode.DONE.number();
            }
            var ended = new Waiting(operator, terminal).untilEnd(run, timeout);
            Waiting.requireDelivered(ended);
            new Results(terminal, home, store, passphrases, results).show(operator, ended, Optional.of(room));
        }
        return ExitCode.DONE.number();
    }

    private Jws signed(Question question, RunRequest request, NewestVersions data, KeyStore store) throws Failure {
        var passphrase = passphrases.read(terminal);
        try {
            return question.sign(request, data.manifests(), store.signingKey(KeyName.RUN, passphrase), terminal.now());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void report(EffectiveLimits limits) {
        var epsilon = BigDecimal.valueOf(limits.microEpsilon(), 6).stripTrailingZeros();
        var lineages = limits.charged().values().stream()
                .map(LineageId::value)
                .distinct()
                .sorted()
                .toList();
        terminal.result(
                Json.object().put("allowed", true).put("limits", limits.json()).build(),
                "allowed; costs epsilon " + epsilon.toPlainString() + " of " + String.join(", ", lineages));
    }

    private void report(RunView run) {
        terminal.result(
                run.json(),
                "run " + run.run() + " is " + run.state()
                        + (run.repeatOf() == null ? "" : ", a repeat of " + run.repeatOf()));
    }
}
