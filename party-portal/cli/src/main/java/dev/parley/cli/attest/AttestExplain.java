package dev.parley.cli.attest;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley attest explain}. */
@Command(
        name = "explain",
        description = {
            "Verify an attestation document and explain it: what it says, its certificates, its registers, and each check",
            "of docs/spec/attestation.md §6 with what it proved. Exit code 0: accepted, and as expected; 1: refused, or",
            "something differs from what you expect."
        },
        footer = {
            "",
            "Examples:",
            "  parley attest explain evidence.cbor --at document",
            "  parley attest explain evidence.cbor --root sim-root.pem --at document --bundle bundle.json --role none"
        })
public final class AttestExplain implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final EvidenceOptions options = new EvidenceOptions();

    @Mixin
    private final ReferenceOptions references = new ReferenceOptions();

    public AttestExplain(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var verifier = new AttestationVerifier(options.roots());
        var explanation = verifier.explain(options.evidence(), options.inspection(terminal), options.debugAllowed());
        var comparisons = references.compare(explanation.genuine());
        var document = Json.object();
        explanation.json().members().forEach(document::put);
        document.put("comparisons", Json.array(comparisons, Comparison::json));
        terminal.result(
                document.build(),
                new ExplanationPage(explanation, comparisons, options.clock(), terminal.now()).text());
        var right = explanation.accepted() && comparisons.stream().allMatch(Comparison::equal);
        return (right ? ExitCode.DONE : ExitCode.REFUSED).number();
    }
}
