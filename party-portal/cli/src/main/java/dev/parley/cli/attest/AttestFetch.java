package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.policy.RoomSource;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.wire.ReceiptView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley attest fetch}. */
@Command(
        name = "fetch",
        description = {
            "Fetch the evidence of a finished run from the operator, with the receipt that it covers, for somebody to check.",
            "Nothing is verified here: the commands that do are printed."
        },
        footer = {"", "Example:", "  parley attest fetch --run 6e1f2a34-… --out reach-2026-02"})
public final class AttestFetch implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Where the files are written.")
    private Path out = Path.of("");

    public AttestFetch(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        try (var sessions = new Sessions(home, terminal)) {
            write(sessions.operator().receipt(run), home);
        }
        return ExitCode.DONE.number();
    }

    private void write(ReceiptView served, Home home) throws Failure {
        try {
            var bytes = Bytes.parseBase64Url(served.receipt());
            var receipt = Receipt.parse(bytes);
            var policy = RoomSource.approved(receipt.subject().run().policy(), home);
            OwnFiles.write(out.resolve("evidence.cbor"), Bytes.parseBase64Url(served.evidence()));
            OwnFiles.write(out.resolve("receipt.json"), bytes);
            OwnFiles.write(out.resolve("run-request.jws"), Bytes.utf8(served.runRequest() + "\n"));
            if (policy.isPresent()) {
                OwnFiles.write(out.resolve("bundle.json"), policy.get().canonical());
            }
            tell(receipt, policy, home.profile().trustRoot());
        } catch (Malformed e) {
            throw Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, "the receipt cannot be read: " + e.getMessage());
        }
    }

    private void tell(Receipt receipt, Optional<PolicyBundle> policy, Optional<Path> root) {
        var next = new ArrayList<String>();
        var trust = root.map(file -> " --root " + file).orElse("");
        next.add("parley attest explain " + out.resolve("evidence.cbor") + " --at document" + trust + " --receipt "
                + out.resolve("receipt.json")
                + (policy.isPresent() ? " --bundle " + out.resolve("bundle.json") : ""));
        if (policy.isPresent()) {
            next.add("parley verify " + out + trust);
        }
        var run = receipt.subject().run();
        var document = Json.object()
                .put("run", this.run)
                .put("folder", out.toString())
                .put("policy", run.policy().hex())
                .put("query", run.query().hex())
                .put("policyApproved", policy.isPresent())
                .put("next", Json.array(next, Json::of))
                .build();
        var lines = new ArrayList<>(List.of(
                "written to " + out + ", unverified: what the operator says of run " + this.run,
                "policy  " + run.policy().hex() + (policy.isPresent() ? "" : ", which you did not approve here"),
                "query   " + run.query().hex(),
                "",
                "To verify it, offline:"));
        next.forEach(command -> lines.add("  " + command));
        terminal.result(document, String.join("\n", lines));
    }
}
