package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Shell scripts that are part of this jar, given to the shell as text. */
final class Script {
    private Script() {}

    static String read(String name) {
        try (var text = Script.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("the script is part of this jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the script", e);
        }
    }
}
