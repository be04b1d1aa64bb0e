package dev.parley.cli;

import dev.parley.cli.attest.AttestCommand;
import dev.parley.cli.attest.AttestExplain;
import dev.parley.cli.attest.AttestFetch;
import dev.parley.cli.attest.AttestToken;
import dev.parley.cli.attest.AttestVerify;
import dev.parley.cli.budget.BudgetCommand;
import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.GlobalOptions;
import dev.parley.cli.console.Surroundings;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.image.ImageBuild;
import dev.parley.cli.image.ImageCommand;
import dev.parley.cli.image.ImageExplain;
import dev.parley.cli.image.ImageInspect;
import dev.parley.cli.image.ImageMeasure;
import dev.parley.cli.image.ImageSign;
import dev.parley.cli.key.KeyCommand;
import dev.parley.cli.key.KeyExport;
import dev.parley.cli.key.KeyNew;
import dev.parley.cli.key.KeyShow;
import dev.parley.cli.login.LoginCommand;
import dev.parley.cli.policy.PolicyApprove;
import dev.parley.cli.policy.PolicyCommand;
import dev.parley.cli.policy.PolicyDigestCommand;
import dev.parley.cli.policy.PolicyLint;
import dev.parley.cli.profile.ProfileCommand;
import dev.parley.cli.profile.ProfileSet;
import dev.parley.cli.profile.ProfileShow;
import dev.parley.cli.result.ResultCommand;
import dev.parley.cli.result.VerifyCommand;
import dev.parley.cli.run.RunCommand;
import dev.parley.cli.run.RunsCommand;
import dev.parley.cli.run.RunsList;
import dev.parley.cli.seal.SealCommand;
import dev.parley.cli.upload.UploadCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** The whole command with its subcommands, for one call in given surroundings. */
@Command(
        name = "parley",
        description = "A party's side of a confidential data clean room.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 refused by a rule or a verification; 2 wrong usage or bad input; 3 a service could not",
            "be reached. With --json every command prints one document, errors too:",
            "  {\"error\":{\"code\":\"…\",\"message\":\"…\"}}"
        })
public final class Parley {
    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    private final Terminal terminal;

    public Parley(Surroundings surroundings) {
        this.terminal = new Terminal(surroundings, options);
    }

    /** Runs one command and returns its exit code. */
    public int run(String... arguments) {
        var command = command();
        command.setOut(new PrintWriter(terminal.surroundings().out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(terminal.surroundings().err(), true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((wrong, given) -> {
            var failure = Failure.of(CliCode.USAGE, String.valueOf(wrong.getMessage()) + "; try --help");
            // Options behind the mistake were not read yet.
            if (Arrays.asList(given).contains("--json") && !options.json()) {
                terminal.raw(new String(failure.json().canonical().toArray(), StandardCharsets.UTF_8) + "\n");
            } else {
                terminal.failure(failure);
            }
            return failure.exit().number();
        });
        command.setExecutionExceptionHandler((thrown, failed, parsed) -> {
            var failure = thrown instanceof Failure known
                    ? known
                    : Failure.of(
                            CliCode.DEFECT,
                            "a mistake in this program: " + thrown.getClass().getSimpleName());
            terminal.failure(failure);
            return failure.exit().number();
        });
        try {
            return command.execute(arguments);
        } catch (LinkageError | VirtualMachineError e) {
            var failure = Failure.of(
                    CliCode.DEFECT, "this program ended early: " + e.getClass().getSimpleName());
            terminal.failure(failure);
            return failure.exit().number();
        }
    }

    private CommandLine command() {
        var parley = new CommandLine(this)
                .addSubcommand(group(new ProfileCommand(), new ProfileSet(terminal), new ProfileShow(terminal)))
                .addSubcommand(new LoginCommand(terminal))
                .addSubcommand(
                        group(new KeyCommand(), new KeyNew(terminal), new KeyShow(terminal), new KeyExport(terminal)))
                .addSubcommand(group(
                        new PolicyCommand(),
                        new PolicyLint(terminal),
                        new PolicyDigestCommand(terminal),
                        new PolicyApprove(terminal)))
                .addSubcommand(group(
                        new ImageCommand(),
                        new ImageBuild(terminal),
                        new ImageMeasure(terminal),
                        new ImageInspect(terminal),
                        new ImageSign(terminal),
                        new ImageExplain(terminal)))
                .addSubcommand(group(
                        new AttestCommand(),
                        new AttestVerify(terminal),
                        new AttestExplain(terminal),
                        new AttestFetch(terminal),
                        new AttestToken(terminal)))
                .addSubcommand(new SealCommand(terminal))
                .addSubcommand(new UploadCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(group(new RunsCommand(), new RunsList(terminal)))
                .addSubcommand(new ResultCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new BudgetCommand(terminal));
        addHelp(parley);
        return parley;
    }

    private static CommandLine group(Object command, Object... subcommands) {
        var group = new CommandLine(command);
        for (var subcommand : subcommands) {
            group.addSubcommand(subcommand);
        }
        return group;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
        command.getSubcommands().values().forEach(Parley::addHelp);
    }
}
