package dev.parley.rehearsal.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page of {@code docs/reports}: what was measured, on what machine, and whether it is what was promised. */
final class Page {
    private final StringBuilder text = new StringBuilder();

    /** A page that says first what it is about and how it is made again. */
    Page(String title, String command) {
        text.append("# ")
                .append(title)
                .append("\n\nMeasured by `")
                .append(command)
                .append("`.\n\n");
        table(
                List.of("Where", ""),
                List.of(
                        List.of("date", LocalDate.now(ZoneOffset.UTC).toString()),
                        List.of(
                                "processor",
                                processor() + ", " + Runtime.getRuntime().availableProcessors() + " seen"),
                        List.of("other work", "a load of %.1f at the end".formatted(load())),
                        List.of("memory", memory()),
                        List.of("system", property("os.name") + " " + property("os.version")),
                        List.of("JDK", property("java.vm.name") + " " + property("java.vm.version"))));
    }

    Page section(String title) {
        text.append("## ").append(title).append("\n\n");
        return this;
    }

    Page say(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    Page table(List<String> head, List<List<String>> rows) {
        row(head);
        row(head.stream().map(column -> "---").toList());
        rows.forEach(this::row);
        text.append('\n');
        return this;
    }

    private void row(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Writes it into the checkout that this program runs in. */
    void write(String name) throws IOException {
        var folder = Files.createDirectories(checkout().resolve("docs/reports"));
        Files.writeString(folder.resolve(name), text.toString().stripTrailing() + "\n");
    }

    /** Grouped, without decimals. */
    static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static Path checkout() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = requireNonNull(folder.getParent(), "reports are written into a checkout");
        }
        return folder;
    }

    private static String processor() {
        return firstAfter(Path.of("/proc/cpuinfo"), "model name");
    }

    /** Over the last minute; our own measuring is about one of it. */
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String memory() {
        var kibibytes = firstAfter(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kibibytes.isEmpty() ? "unknown" : count(Double.parseDouble(kibibytes) / (1 << 20)) + " GiB";
    }

    private static String firstAfter(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException e) {
            return property("os.arch");
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
