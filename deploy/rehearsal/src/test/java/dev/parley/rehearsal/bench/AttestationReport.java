package dev.parley.rehearsal.bench;

import java.util.List;

/** Measures the verification of evidence, and writes {@code docs/reports/attestation.md}. */
public final class AttestationReport {
    private static final double PROMISED = 1_000;
    private static final double MILLIS_OF_A_CHECK = 5;
    private static final List<String> HEAD = List.of("Operation", "per second of processor time", "±", "by the clock");

    private AttestationReport() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        var measured = Measured.on(List.of(EvidenceVerification.class, PolicyCheck.class, Calibration.class));
        var page =
                new Page("How fast evidence is verified", "./mvnw -Pbench -DskipTests -pl deploy/rehearsal -am verify");
        calibration(page, measured);
        verification(page, measured);
        policy(page, measured);
        page.write("attestation.md");
    }

    private static void calibration(Page page, Measured measured) {
        page.section("Calibration")
                .say("The same work in every version of this project: figures of two machines compare as ratios to it.")
                .table(
                        HEAD,
                        List.of(
                                row(measured, "SHA-384 of 64 KiB, Bouncy Castle", "hash"),
                                row(measured, "one ECDSA verification on P-384, Bouncy Castle", "verification")));
    }

    private static void verification(Page page, Measured measured) {
        var rate = measured.rate("newLeaf");
        page.section("Verification of live evidence")
                .say("One thread in a JVM that sees one processor; documents of the size that the platform makes, with"
                        + " a root and four certificates. Processor time is the whole process's, compiler and collector"
                        + " included; ± is half the width of JMH's 99.9 % interval. Where the clock tells much less, the"
                        + " machine had other work at that time.")
                .table(
                        List.of(
                                "What the verifier saw before",
                                "per second of processor time",
                                "±",
                                "by the clock",
                                "one costs, in P-384 verifications"),
                        List.of(
                                evidence(measured, "the authorities, not the leaf", "newLeaf"),
                                evidence(measured, "the root alone", "newChain"),
                                evidence(measured, "this document", "repeated")))
                .say("Promised: 1,000 per second and core for a leaf that was not seen before, under authorities that"
                        + " were. Measured: " + Page.count(rate) + ". "
                        + (rate >= PROMISED ? "Met." : "**Not met.**"));
    }

    private static void policy(Page page, Measured measured) {
        var millis = 1_000 / measured.rate("decide");
        page.section("Policy check")
                .table(HEAD, List.of(row(measured, "one allowed query, checked and its limits merged", "decide")))
                .say("Promised: 5 ms for one query at the most. Measured: %.3f ms. ".formatted(millis)
                        + (millis <= MILLIS_OF_A_CHECK ? "Met." : "**Not met.**"));
    }

    private static List<String> row(Measured measured, String name, String method) {
        return List.of(
                name,
                Page.count(measured.rate(method)),
                Page.count(measured.error(method)),
                Page.count(measured.rateByTheClock(method)));
    }

    /** With what one costs in units of the calibration: how much is signatures, and how much is the rest. */
    private static List<String> evidence(Measured measured, String name, String method) {
        var units = measured.rate("verification") / measured.rate(method);
        return List.of(
                name,
                Page.count(measured.rate(method)),
                Page.count(measured.error(method)),
                Page.count(measured.rateByTheClock(method)),
                "%.1f".formatted(units));
    }
}
