package dev.parley.cli.attest;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.attestation.EvidenceReport;
import dev.parley.protocol.attestation.InspectedEvidence;
import dev.parley.protocol.attestation.TrustDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley attest verify}. */
@Command(
        name = "verify",
        description = {
            "Verify an attestation document, offline. Exit code 0: accepted; 1: refused.",
            "A live answer needs all three clocks: --at now, --max-age and --nonce. Evidence from an archive, such as a",
            "receipt's, is judged --at document: its certificates lived for hours."
        },
        footer = {
            "",
            "Examples:",
            "  parley attest verify evidence.cbor --at document --json",
            "  parley attest verify evidence.cbor --root sim-root.pem --max-age 5m --nonce 8f14e45f…"
        })
public final class AttestVerify implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final EvidenceOptions options = new EvidenceOptions();

    public AttestVerify(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var inspection = options.inspection(terminal);
        var report = EvidenceReport.of(options.evidence(), options.roots(), inspection, options.debugAllowed());
        terminal.result(report.json(), lines(report));
        return (report.accepted() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private String lines(EvidenceReport report) {
        var lines = new ArrayList<String>();
        lines.add(report.refusal().map(reason -> "REFUSED: " + reason).orElse("accepted"));
        report.judgedAt().ifPresent(time -> lines.add("judged at     " + time + ", " + options.clock()));
        report.genuine().ifPresent(evidence -> describe(evidence, lines));
        return String.join("\n", lines);
    }

    private static void describe(InspectedEvidence evidence, List<String> lines) {
        lines.add("trust domain  "
                + (evidence.trustDomain() == TrustDomain.SIMULATED
                        ? "SIMULATED: root on that machine can read everything"
                        : evidence.trustDomain().text()));
        lines.add("root          " + evidence.rootFingerprint().hex());
        lines.add("kind          " + evidence.claims().kind().code() + (evidence.debug() ? ", DEBUG MODE" : ""));
        lines.add("module        " + evidence.moduleId());
        lines.add("timestamp     " + evidence.timestamp());
        evidence.pcrs()
                .values()
                .forEach((index, value) -> lines.add(String.format("PCR%-2d         %s", index, value.hex())));
    }
}
