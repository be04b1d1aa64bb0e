package dev.parley.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process ended before it was ready, or took too long; carries the end of its log for the person at the terminal. */
public final class StartFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 15;

    private StartFailed(String message) {
        super(message);
    }

    static StartFailed of(Launch launch, String reason) {
        var text = new StringBuilder(launch.name() + " " + reason + "; see " + launch.log());
        lastLines(launch.log()).forEach(line -> text.append("\n    ").append(line));
        return new StartFailed(text.toString());
    }

    private static List<String> lastLines(Path log) {
        try {
            // ISO 8859-1 decodes every byte: a log cut in the middle of a character is still shown.
            var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
