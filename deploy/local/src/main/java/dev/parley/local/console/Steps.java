package dev.parley.local.console;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Prints one line for each step that is done, with how long it took. On a terminal the last line names what is being
 * done at the moment. Safe for use by several threads.
 */
public final class Steps {
    private static final int WIDTH = 64;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> running = new LinkedHashSet<>();
    private boolean finished;

    public Steps(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints nothing: for tests. */
    public static Steps silent() {
        return new Steps(new PrintStream(PrintStream.nullOutputStream()), false);
    }

    /** Does a step and prints its line; a step that fails prints nothing, its failure says enough. */
    public <T> T step(String title, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        begin(title);
        try {
            var result = work.call();
            end(title, System.nanoTime() - start);
            return result;
        } catch (Exception failed) {
            abandon(title);
            throw failed;
        }
    }

    /** A line of its own. */
    public synchronized void say(String line) {
        if (!finished) {
            clear();
            out.println(line);
            showRunning();
        }
    }

    /** Says the last line: steps that end while everything is being stopped are not told any more. */
    public synchronized void finish(String line) {
        running.clear();
        say(line);
        finished = true;
    }

    private synchronized void begin(String title) {
        running.add(title);
        clear();
        showRunning();
    }

    private synchronized void end(String title, long nanos) {
        running.remove(title);
        say(String.format(Locale.ROOT, "  ✓ %-" + WIDTH + "s %6.1f s", title, nanos / 1e9));
    }

    private synchronized void abandon(String title) {
        running.remove(title);
        clear();
        out.flush();
    }

    private void clear() {
        if (terminal && !finished) {
            out.print(CLEAR_LINE);
        }
    }

    private void showRunning() {
        if (terminal && !finished && !running.isEmpty()) {
            out.print("  … " + String.join(", ", running));
        }
        out.flush();
    }
}
