package dev.parley.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** A bar on one line, redrawn at most once a percent. */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;

    private final Optional<PrintStream> screen;
    private final String label;
    private final long total;
    private int shown = -1;

    Progress(Optional<PrintStream> screen, String label, long total) {
        this.screen = screen;
        this.label = label;
        this.total = Math.max(1, total);
    }

    public void at(long done) {
        if (screen.isEmpty()) {
            return;
        }
        var percent = (int) Math.min(100, done * 100 / total);
        if (percent != shown) {
            shown = percent;
            var filled = percent * WIDTH / 100;
            screen.get()
                    .printf(
                            Locale.ROOT,
                            "\r%s [%s%s] %3d %%",
                            label,
                            "#".repeat(filled),
                            " ".repeat(WIDTH - filled),
                            percent);
            screen.get().flush();
        }
    }

    @Override
    public void close() {
        if (shown >= 0) {
            screen.ifPresent(PrintStream::println);
        }
    }
}
