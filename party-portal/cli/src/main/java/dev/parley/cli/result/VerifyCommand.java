package dev.parley.cli.result;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Table;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley verify}. */
@Command(
        name = "verify",
        description = {
            "Verify the proof of a result, offline: FOLDER as result --save wrote it, or the files by name.",
            "It proves that the policy in the folder was kept. Whether that is the policy you approved, you see by its",
            "digest: --policy compares it. Exit code 0: everything holds; 1: it does not."
        },
        footer = {"", "Example:", "  parley verify reach-2026-02 --root sim-root.pem"})
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "A folder that result --save wrote.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--bundle", paramLabel = "FILE", description = "The canonical policy bundle.")
    private Optional<Path> bundle = Optional.empty();

    @Option(names = "--run-request", paramLabel = "FILE", description = "The signed run request.")
    private Optional<Path> runRequest = Optional.empty();

    @Option(names = "--receipt", paramLabel = "FILE", description = "The receipt.")
    private Optional<Path> receipt = Optional.empty();

    @Option(names = "--evidence", paramLabel = "FILE", description = "The evidence that attests the receipt.")
    private Optional<Path> evidence = Optional.empty();

    @Option(names = "--sealed", paramLabel = "FILE", description = "The sealed result, if it is to be checked too.")
    private Optional<Path> sealed = Optional.empty();

    @Option(names = "--policy", paramLabel = "DIGEST", description = "The digest that the policy must have.")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--root", paramLabel = "FILE", description = "Trust root of evidence (default: the profile's).")
    private Optional<Path> root = Optional.empty();

    public VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var proof = Proof.read(names());
        var digest = proof.bundle().digest().hex();
        if (policy.isPresent() && !policy.get().equals(digest)) {
            throw Failure.of(
                    ProofStep.POLICY.code(), ExitCode.REFUSED, "the policy here has another digest: " + digest);
        }
        var roots = ResultOptions.roots(proof.bundle(), root, Home.of(terminal));
        var verdict = new ProofVerifier(roots).verify(proof, Optional.empty());
        var checks = verdict.checks(proof.sealed().isPresent());
        report(proof, verdict, checks);
        return (verdict.failed().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private void report(Proof proof, ProofVerdict verdict, List<Check> checks) {
        var table = new Table("check", "", "means");
        checks.forEach(check -> table.row(check.name(), check.outcome().text(), check.meaning()));
        var domain = proof.bundle().referenceValues().trustDomain();
        var isolation = verdict instanceof ProofVerdict.Holds(var receipt)
                ? Optional.of(IsolationNote.of(receipt))
                : Optional.<IsolationNote>empty();
        var document = Json.object()
                .put("verdict", verdict.failed().isEmpty() ? "verified" : "refused")
                .put("reason", verdict.failed().map(ProofStep::code).orElse(null))
                .put("room", proof.bundle().room().value())
                .put("policy", proof.bundle().digest().hex())
                .put("trustDomain", domain.text())
                .put("isolation", isolation.flatMap(IsolationNote::level).orElse(null))
                .put("checks", Json.array(checks, Check::json))
                .build();
        terminal.result(
                document,
                table + "\n\n"
                        + verdict.failed()
                                .map(step -> "REFUSED: " + step.code())
                                .orElse("verified")
                        + " under policy " + proof.bundle().digest().hex()
                        + (domain == TrustDomain.SIMULATED ? ", SIMULATED enclave" : "")
                        + isolation.map(note -> "\nisolation: " + note.text()).orElse(""));
    }

    private Proof.Names names() throws Failure {
        var saved = Proof.Names.in(folder.orElse(Path.of("")));
        if (folder.isEmpty() && (bundle.isEmpty() || runRequest.isEmpty() || receipt.isEmpty() || evidence.isEmpty())) {
            throw Failure.of(CliCode.USAGE, "name a folder, or --bundle, --run-request, --receipt and --evidence");
        }
        return new Proof.Names(
                bundle.orElse(saved.bundle()),
                runRequest.orElse(saved.runRequest()),
                receipt.orElse(saved.receipt()),
                evidence.orElse(saved.evidence()),
                sealed.orElse(saved.sealed()));
    }
}
