package dev.parley.cli.testing;

import dev.parley.cli.Parley;
import dev.parley.cli.console.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Types commands in this process and keeps what they say. Nobody sits there unless a person is given. */
public final class Desk {
    private final Path home;
    private final InstantSource clock;
    private Optional<Surroundings.People> people = Optional.empty();
    private InputStream input = InputStream.nullInputStream();

    public Desk(Path home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    public Path home() {
        return home;
    }

    public Desk with(Surroundings.People person) {
        var desk = new Desk(home, clock);
        desk.people = Optional.of(person);
        return desk;
    }

    public Desk withInput(String text) {
        var desk = new Desk(home, clock);
        desk.input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return desk;
    }

    public Said say(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                input,
                people,
                Map.of("PARLEY_HOME", home.toString()),
                clock,
                new SecureRandom());
        var exit = new Parley(surroundings).run(arguments);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
