package dev.parley.cli.image;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.image.compare.Change;
import dev.parley.image.compare.ImageComparison;
import dev.parley.image.compare.ImageComparison.RegisterChange;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley image explain}. */
@Command(
        name = "explain",
        description =
                "Tell what changed from one image to another, down to the files of a jar, and which registers with it.")
public final class ImageExplain implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD", description = "The image that is accepted.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The image that is proposed.")
    private Path after = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "When signers' certificates must be valid (default: ${DEFAULT-VALUE}).")
    private String at = "now";

    public ImageExplain(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var comparison = ImageComparison.of(ImageFile.read(before), ImageFile.read(after), ImageFile.at(at, terminal));
        terminal.result(json(comparison), lines(comparison));
        return 0;
    }

    private static Json.Obj json(ImageComparison comparison) {
        return Json.object()
                .put("changes", Json.array(comparison.changes(), ImageExplain::json))
                .put("registers", Json.array(comparison.registers(), ImageExplain::json))
                .build();
    }

    private static Json json(Change change) {
        return Json.object()
                .put("part", change.part().name())
                .put("subject", change.subject())
                .put("change", change.verb())
                .put("before", change.before().orElse(null))
                .put("after", change.after().orElse(null))
                .put("entries", Json.array(change.entries(), ImageExplain::json))
                .build();
    }

    private static Json json(RegisterChange register) {
        return Json.object()
                .put("register", "PCR" + register.index())
                .put("before", register.before().map(Sha384Digest::hex).orElse(null))
                .put("after", register.after().map(Sha384Digest::hex).orElse(null))
                .put("because", Json.strings(register.parts()))
                .build();
    }

    private static String lines(ImageComparison comparison) {
        if (comparison.changes().isEmpty()) {
            return "the same image";
        }
        List<String> lines = new ArrayList<>();
        var part = "";
        for (var change : comparison.changes()) {
            if (!change.part().name().equals(part)) {
                part = change.part().name();
                lines.add(part + ":");
            }
            describe(change, "  ", lines);
        }
        if (comparison.registers().isEmpty()) {
            lines.add("no register changes: policies that accept the one accept the other");
        }
        for (var register : comparison.registers()) {
            lines.add("PCR%d changes, with %s:".formatted(register.index(), String.join(", ", register.parts())));
            lines.add("  - " + register.before().map(Sha384Digest::hex).orElse("none: refused"));
            lines.add("  + " + register.after().map(Sha384Digest::hex).orElse("none: refused"));
        }
        return String.join("\n", lines);
    }

    private static void describe(Change change, String indent, List<String> lines) {
        lines.add(indent + "%-7s  %s".formatted(change.verb(), change.subject()));
        change.before().ifPresent(was -> lines.add(indent + "  - " + was));
        change.after().ifPresent(is -> lines.add(indent + "  + " + is));
        change.entries().forEach(entry -> lines.add(indent + "    %-7s  %s".formatted(entry.verb(), entry.subject())));
    }
}
