package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line of an image: words with one space between them. First the profile, {@code sandbox.memory-mib=4096
 * sandbox.cpu-seconds=3600 sandbox.files=256 sandbox.threads=256}, then the flags of the JVM. Nothing that is not written here reaches the JVM.
 */
public record CommandLine(SandboxProfile profile, List<String> jvmFlags) {
    private static final Pattern FLAG = Pattern.compile("-[A-Za-z0-9:+.,/=_-]+");
    private static final String MEMORY = "sandbox.memory-mib=";
    private static final String CPU = "sandbox.cpu-seconds=";
    private static final String FILES = "sandbox.files=";
    private static final String THREADS = "sandbox.threads=";

    public CommandLine {
        jvmFlags = List.copyOf(jvmFlags);
        if (!jvmFlags.stream().allMatch(flag -> FLAG.matcher(flag).matches())) {
            throw new IllegalArgumentException("a JVM flag has another form");
        }
    }

    public static CommandLine parse(Bytes cmdline) throws Malformed {
        var text = StandardCharsets.UTF_8.decode(cmdline.asBuffer()).toString();
        var words = List.of(text.split(" ", -1));
        if (words.size() < 4) {
            throw new Malformed("command line has no sandbox profile");
        }
        try {
            var profile = new SandboxProfile(
                    number(MEMORY, words.get(0)),
                    number(CPU, words.get(1)),
                    number(FILES, words.get(2)),
                    number(THREADS, words.get(3)));
            var line = new CommandLine(profile, words.subList(4, words.size()));
            if (!line.bytes().equals(cmdline)) {
                throw new Malformed("command line is not in canonical form");
            }
            return line;
        } catch (IllegalArgumentException e) {
            throw new Malformed("command line has a wrong word", e);
        }
    }

    public Bytes bytes() {
        List<String> words = new ArrayList<>();
        words.add(MEMORY + profile.memoryMib());
        words.add(CPU + profile.cpuSeconds());
        words.add(FILES + profile.files());
        words.add(THREADS + profile.threads());
        words.addAll(jvmFlags);
        return Bytes.utf8(String.join(" ", words));
    }

    private static int number(String name, String word) {
        if (!word.startsWith(name)) {
            throw new IllegalArgumentException("expected " + name);
        }
        return Integer.parseInt(word.substring(name.length()));
    }
}
