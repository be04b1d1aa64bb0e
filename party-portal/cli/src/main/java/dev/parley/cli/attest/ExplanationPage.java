package dev.parley.cli.attest;

import dev.parley.protocol.attestation.CheckResult;
import dev.parley.protocol.attestation.CheckResult.Outcome;
import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Explanation;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.ShownCertificate;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An explanation as a page for people. */
final class ExplanationPage {
    private static final String RULE = "!".repeat(78);
    private static final String SIMULATED =
            "SIMULATED: made by a simulated platform, not by AWS. Root on that machine can read everything.";
    private static final int SHORT = 64;

    private final Explanation explanation;
    private final List<Comparison> comparisons;
    private final String clock;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    ExplanationPage(Explanation explanation, List<Comparison> comparisons, String clock, Instant now) {
        this.explanation = explanation;
        this.comparisons = List.copyOf(comparisons);
        this.clock = clock;
        this.now = now;
    }

    String text() {
        verdict();
        document();
        chain();
        explanation.unverifiedClaims().ifPresent(this::registers);
        checks();
        comparisons();
        return String.join("\n", lines);
    }

    private void verdict() {
        if (explanation
                .unverifiedRoot()
                .filter(root -> root.trustDomain() == TrustDomain.SIMULATED)
                .isPresent()) {
            lines.addAll(List.of(RULE, SIMULATED, RULE));
        }
        lines.add(explanation
                .refusal()
                .map(reason -> "REFUSED: " + reason + ", at check " + failed())
                .orElse("accepted"));
        explanation.judgedAt().ifPresent(time -> lines.add("judged at  " + time + ", " + clock));
        if (explanation.genuine().isEmpty()) {
            lines.add("UNVERIFIED: what follows is what the document says. Nobody vouches for it.");
        }
    }

    private int failed() {
        return explanation.checks().stream()
                .filter(result -> result.outcome() instanceof Outcome.Failed)
                .mapToInt(result -> result.check().number())
                .findFirst()
                .orElseThrow();
    }

    private void document() {
        heading("DOCUMENT");
        var payload = explanation.payloadSize().map(size -> ", payload " + size).orElse("");
        lines.add("size        " + explanation.size() + " bytes" + payload);
        explanation.unverifiedClaims().ifPresent(claims -> {
            lines.add("kind        " + claims.kind().code()
                    + (claims.pcrs().measurement().debug() ? ", DEBUG MODE: its memory can be read" : ""));
            lines.add("module      " + claims.moduleId());
            lines.add("timestamp   " + claims.timestamp() + ", " + age(claims.timestamp()));
            optional("public key  ", claims.publicKey());
            optional("user data   ", claims.userData());
            optional("nonce       ", claims.nonce());
        });
    }

    private void optional(String name, Optional<Bytes> value) {
        lines.add(name
                + value.map(bytes -> bytes.size() + " bytes"
                                + (bytes.size() <= SHORT
                                        ? " " + bytes.hex()
                                        : ", SHA-256 " + Sha256Digest.of(bytes).hex()))
                        .orElse("none"));
    }

    private String age(Instant time) {
        var age = Duration.between(time, now);
        return age.isNegative() ? Spans.words(age.negated()) + " from now" : Spans.words(age) + " ago";
    }

    private void chain() {
        var chain = explanation.unverifiedChain();
        if (chain.isEmpty()) {
            return;
        }
        heading("CERTIFICATES, the root first");
        for (var certificate : chain) {
            lines.add(certificate.subject());
            lines.add("  signed by  " + (certificate.isSelfIssued() ? "itself" : certificate.issuer()));
            lines.add("  valid      " + certificate.notBefore() + " to " + certificate.notAfter() + ", "
                    + remaining(certificate));
            lines.add("  may        " + powers(certificate));
            lines.add("  SHA-256    " + certificate.fingerprint().hex());
        }
    }

    private String remaining(ShownCertificate certificate) {
        var time = explanation.judgedAt().orElse(now);
        var life = Spans.words(Duration.between(certificate.notBefore(), certificate.notAfter()));
        if (time.isBefore(certificate.notBefore())) {
            return "a life of " + life + ", not begun";
        }
        return "a life of " + life + ", "
                + (time.isAfter(certificate.notAfter())
                        ? "over for " + Spans.words(Duration.between(certificate.notAfter(), time))
                        : Spans.words(Duration.between(time, certificate.notAfter())) + " left");
    }

    private static String powers(ShownCertificate certificate) {
        var usage = certificate.usage().isEmpty() ? "says nothing of its use" : String.join(", ", certificate.usage());
        return usage
                + (certificate.authority() ? "; an authority" : "; no authority")
                + certificate
                        .pathLength()
                        .map(length -> ", path length " + length)
                        .orElse("");
    }

    private void registers(Claims claims) {
        heading("REGISTERS");
        claims.pcrs().values().forEach((index, value) -> {
            lines.add(String.format("PCR%-2d  %s", index, claims.kind().meaning(index)));
            lines.add("       " + value(value));
            if (index == 4 && claims.kind() == EvidenceKind.ENCLAVE) {
                lines.add("       " + (claims.namesItsInstance().orElseThrow() ? "equals" : "DIFFERS FROM")
                        + " SHA384(zero ‖ " + claims.instance() + "), the instance in the module id");
            }
        });
    }

    private static String value(Sha384Digest value) {
        return value.equals(Pcrs.zero()) ? "zero" : value.hex().matches("(ff)+") ? "all ones" : value.hex();
    }

    private void checks() {
        heading("CHECKS of docs/spec/attestation.md §6");
        for (var result : explanation.checks()) {
            lines.add(String.format(
                    "%2d  %-11s  %s",
                    result.check().number(),
                    result.outcome().word(),
                    result.check().demand()));
            proof(result).ifPresent(proof -> lines.add(" ".repeat(17) + proof));
        }
    }

    private static Optional<String> proof(CheckResult result) {
        return switch (result.outcome()) {
            case Outcome.Passed() -> Optional.of("→ " + result.check().proof());
            case Outcome.Failed(var reason) -> Optional.of("→ " + reason);
            case Outcome.NotReached(), Outcome.NotAsked() -> Optional.empty();
        };
    }

    private void comparisons() {
        if (comparisons.isEmpty()) {
            return;
        }
        heading("COMPARED with what you expect");
        for (var comparison : comparisons) {
            lines.add((comparison.equal() ? "equal      " : "DIFFERENT  ") + comparison.what() + " and "
                    + comparison.expected());
            if (comparison.equal()) {
                lines.add(" ".repeat(11) + "→ " + comparison.proves());
            }
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }
}
