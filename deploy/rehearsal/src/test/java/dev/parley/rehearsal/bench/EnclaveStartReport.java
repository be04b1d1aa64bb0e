package dev.parley.rehearsal.bench;

import dev.parley.rehearsal.room.EnclaveStart;
import dev.parley.rehearsal.room.EnclaveStart.Figures;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Measures how soon an enclave takes a run, and writes {@code docs/reports/enclave-start.md}. */
public final class EnclaveStartReport {
    private static final int REPETITIONS = 11;
    private static final Duration COLD = Duration.ofMillis(1_500);
    private static final Duration WARM = Duration.ofMillis(100);
    private static final Duration KEYS_RELEASED = Duration.ofMillis(300);

    private EnclaveStartReport() {}

    /** Takes no arguments; the programs of the whole room must be built. */
    public static void main(String[] args) throws Exception {
        var figures = EnclaveStart.measureAll(Files.createTempDirectory("parley-bench"), REPETITIONS);
        var measured = Measured.on(List.of(Calibration.class));
        var page = new Page(
                "How soon an enclave takes a run",
                "./mvnw -Pbench -Dbench.report=" + EnclaveStartReport.class.getName()
                        + " -DskipTests -pl deploy/rehearsal -am verify");
        page.section("Calibration")
                .say("The same work in every version of this project: figures of two machines compare as ratios to it.")
                .table(
                        List.of("Operation", "per second and core"),
                        List.of(
                                List.of("SHA-384 of 64 KiB, Bouncy Castle", Page.count(measured.rate("hash"))),
                                List.of(
                                        "one ECDSA verification on P-384, Bouncy Castle",
                                        Page.count(measured.rate("verification")))));
        starts(page, figures);
        page.write("enclave-start.md");
        System.exit(0);
    }

    private static void starts(Page page, Figures figures) {
        page.section("Start")
                .say("In a whole room on this machine, which runs its databases, identity provider, API and portals"
                        + " beside the platform: the real image in the real sandbox, " + REPETITIONS
                        + " repetitions, cold and warm by turns. Cold and warm count from asking the platform, or the"
                        + " pool, for an enclave until that enclave has verified what it was handed and says BOOTED.")
                .table(
                        List.of("What", "least", "median", "most", "promised", ""),
                        List.of(
                                row("a cold enclave takes a run", figures.cold(), COLD),
                                row("a warm enclave takes a run", figures.warm(), WARM),
                                row("from submitting to keys released, warm", figures.keysReleased(), KEYS_RELEASED)))
                .say("The last line is of " + figures.keysReleased().size()
                        + " runs; it includes the wait for the host to"
                        + " look for runs, which it does four times a second, and two reports to the API.")
                .say("A warm enclave that waits has " + figures.residentMebibytes() + " MiB resident.");
    }

    private static List<String> row(String what, List<Duration> times, Duration promised) {
        var sorted = times.stream().sorted().toList();
        var median = Figures.median(times);
        return List.of(
                what,
                millis(sorted.getFirst()),
                millis(median),
                millis(sorted.getLast()),
                millis(promised),
                median.compareTo(promised) <= 0 ? "met" : "**not met**");
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }
}
