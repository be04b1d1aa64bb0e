package dev.parley.local.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of child JVMs, with the JDK that runs this one. The optimising compiler stays on in them: opening a locked
 * key is a loop of 600,000 rounds, which takes three times as long without it.
 */
public final class JavaCommand {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private JavaCommand() {}

    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A service that lives long but serves one machine. */
    public static List<String> jar(Path jar, String... options) {
        return line(Stream.of(options), Stream.of("-jar", jar.toString()));
    }

    /** A main class of a plain jar whose dependencies lie beside it in {@code lib}. */
    public static List<String> main(List<Path> classPath, String mainClass, String... arguments) {
        var path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return line(Stream.empty(), Stream.concat(Stream.of("-cp", path, mainClass), Stream.of(arguments)));
    }

    /** For programs that start large and then do little: the quick compiler alone halves their start. */
    public static List<String> quickStart() {
        return Stream.concat(Stream.of("-XX:TieredStopAtLevel=1"), OPTIONS.stream())
                .toList();
    }

    private static List<String> line(Stream<String> options, Stream<String> rest) {
        var line = new ArrayList<String>();
        line.add(program());
        line.addAll(OPTIONS);
        options.forEach(line::add);
        rest.forEach(line::add);
        return line;
    }
}
