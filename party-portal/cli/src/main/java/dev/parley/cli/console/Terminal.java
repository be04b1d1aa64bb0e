package dev.parley.cli.console;

import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Speaks for a command: the result on standard output, everything beside it on standard error. */
public final class Terminal {
    private final Surroundings surroundings;
    private final GlobalOptions options;

    public Terminal(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public GlobalOptions options() {
        return options;
    }

    public Instant now() {
        return surroundings.clock().instant();
    }

    /** The result of a command: the document for programs, the lines for people. */
    public void result(Json document, String lines) {
        if (options.json()) {
            raw(new String(document.canonical().toArray(), StandardCharsets.UTF_8) + "\n");
        } else if (!lines.isEmpty()) {
            raw(clean(lines) + "\n");
        }
    }

    /** Text as it is, such as CSV. */
    public void raw(String text) {
        surroundings.out().print(text);
        surroundings.out().flush();
    }

    /** For people alone. */
    public void note(String line) {
        if (!options.json()) {
            surroundings.err().println(clean(line));
        }
    }

    public void failure(Failure failure) {
        if (options.json()) {
            result(failure.json(), "");
        } else {
            surroundings.err().println("parley: " + clean(failure.line()) + " [" + failure.code() + "]");
        }
    }

    public Optional<Surroundings.People> people() {
        return surroundings.people();
    }

    /** Shows a bar only where somebody watches. */
    public Progress progress(String label, long total) {
        var watched = people().isPresent() && !options.json();
        return new Progress(watched ? Optional.of(surroundings.err()) : Optional.empty(), label, total);
    }

    /** Services name things: their names must not move the cursor. */
    static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c != '\n' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
