package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands in the place of a kernel: which program of the image is started. Five kinds of lines, in this order, each
 * ended by a line feed:
 *
 * <pre>
 * parley-boot/1
 * java /runtime/bin/java
 * launcher dev.parley.image.launcher.Launcher
 * main dev.parley.enclave.boot.Main
 * classpath /app/parley-enclave.jar        (once or more)
 * </pre>
 */
public record BootScript(String java, String launcher, String main, List<String> classpath) {
    private static final String FORMAT = "parley-boot/1";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._+-]*)+");
    private static final Pattern CLASS = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*([.$][A-Za-z_][A-Za-z0-9_]*)*");

    public BootScript {
        classpath = List.copyOf(classpath);
        if (!PATH.matcher(java).matches()
                || classpath.isEmpty()
                || !classpath.stream().allMatch(path -> PATH.matcher(path).matches())) {
            throw new IllegalArgumentException("boot script names a path of another form");
        }
        if (!CLASS.matcher(launcher).matches() || !CLASS.matcher(main).matches()) {
            throw new IllegalArgumentException("boot script names a class of another form");
        }
    }

    public static BootScript parse(Bytes kernel) throws Malformed {
        var lines = StandardCharsets.UTF_8
                .decode(kernel.asBuffer())
                .toString()
                .lines()
                .toList();
        if (lines.size() < 5 || !lines.getFirst().equals(FORMAT)) {
            throw new Malformed("kernel is not a boot script of version 1");
        }
        try {
            var classpath = lines.stream()
                    .skip(4)
                    .map(line -> argument("classpath", line))
                    .toList();
            var script = new BootScript(
                    argument("java", lines.get(1)),
                    argument("launcher", lines.get(2)),
                    argument("main", lines.get(3)),
                    classpath);
            if (!script.bytes().equals(kernel)) {
                throw new Malformed("boot script is not in canonical form");
            }
            return script;
        } catch (IllegalArgumentException e) {
            throw new Malformed("boot script has a wrong line", e);
        }
    }

    public Bytes bytes() {
        var text = new StringBuilder(FORMAT).append('\n');
        text.append("java ").append(java).append('\n');
        text.append("launcher ").append(launcher).append('\n');
        text.append("main ").append(main).append('\n');
        classpath.forEach(path -> text.append("classpath ").append(path).append('\n'));
        return Bytes.utf8(text.toString());
    }

    private static String argument(String word, String line) {
        if (!line.startsWith(word + " ")) {
            throw new IllegalArgumentException("expected " + word);
        }
        return line.substring(word.length() + 1);
    }
}
