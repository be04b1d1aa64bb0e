package dev.parley.local;

import dev.parley.local.console.Steps;
import dev.parley.local.process.StartFailed;
import dev.parley.local.room.CommandFailed;
import dev.parley.local.room.LocalRoom;
import dev.parley.local.room.Site;
import dev.parley.local.state.Checkout;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code deploy/demo}: starts a whole room, runs an analysis in it, shows the answer beside the truth, and stays up until
 * Ctrl-C. Exit codes: 0 done, 1 something failed, 2 wrong usage.
 */
public final class Demo {
    private static final List<String> BANNER = List.of(
            "",
            "  Parley: a whole clean room on this machine.",
            "  The Nitro platform is ███ SIMULATED ███: root on this machine can read everything. Not for real data.",
            "");

    private final PrintStream out;
    private final Steps steps;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Demo(PrintStream out, boolean terminal) {
        this.out = out;
        this.steps = new Steps(out, terminal);
    }

    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains("--help")
                || Arrays.asList(arguments).contains("-h")) {
            System.out.print(DemoOptions.USAGE);
            return;
        }
        try {
            var options = DemoOptions.parse(List.of(arguments));
            System.exit(new Demo(System.out, isTerminal()).run(options));
        } catch (DemoOptions.Misused misused) {
            System.err.println("demo: " + misused.getMessage());
            System.err.print(DemoOptions.USAGE);
            System.exit(2);
        }
    }

    // JDK 25 gives null again where standard input or output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private int run(DemoOptions options) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::sayStopping));
        try {
            var checkout = Checkout.find();
            var state = options.state().orElse(checkout.path().resolve(".parley"));
            BANNER.forEach(out::println);
            try (var room = LocalRoom.start(
                    Site.of(checkout, StateFolder.open(state)), options.rows(), options.seed(), steps)) {
                show(room);
                if (!options.once()) {
                    out.println("  Everything stays up until Ctrl-C.");
                    new CountDownLatch(1).await();
                }
            }
            stopping.set(true);
            return 0;
        } catch (CommandFailed | StartFailed | IOException failed) {
            return failed(String.valueOf(failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        } catch (Exception failed) {
            failed.printStackTrace(System.err);
            return failed("a mistake in this program");
        }
    }

    private void show(LocalRoom room) throws Exception {
        var analysis = Analysis.run(room, steps);
        out.println();
        new Report(room, analysis).lines().forEach(out::println);
        if (!analysis.plausible()) {
            throw new IOException("the released figures are not near the truth: "
                    + analysis.comparison().covered() + " of "
                    + analysis.comparison().lines().size() + " intervals hold it");
        }
    }

    /** What fails because everything is being stopped is no failure to tell of. */
    private int failed(String message) {
        if (!stopping.getAndSet(true)) {
            out.flush();
            System.err.println("demo: " + message);
        }
        return 1;
    }

    private void sayStopping() {
        if (!stopping.getAndSet(true)) {
            steps.finish("\n  stopping everything…");
        }
    }
}
