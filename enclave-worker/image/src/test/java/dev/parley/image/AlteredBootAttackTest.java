package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host starts the program with a flag, a limit or a class path of its own. */
@Tag("ATT-10")
@DisplayName("ATT-10: altered flags and boot script")
final class AlteredBootAttackTest {
    private static final ImageRecipe RECIPE = new ImageRecipe(
            Architecture.X86_64,
            Path.of("jdk"),
            ImageRecipe.ENCLAVE_MAIN,
            List.of(Path.of("a.jar"), Path.of("b.jar")),
            Optional.empty());
    private static final Measurement RIGHT = measured(RECIPE.bootScript(), RECIPE.commandLine());

    static Stream<CommandLine> commandLines() {
        var right = RECIPE.commandLine();
        var flags = right.jvmFlags();
        var p = right.profile();
        var without = IntStream.range(0, flags.size()).mapToObj(at -> {
            var fewer = new ArrayList<>(flags);
            fewer.remove(at);
            return new CommandLine(p, fewer);
        });
        var altered = IntStream.range(0, flags.size()).mapToObj(at -> {
            var others = new ArrayList<>(flags);
            others.set(at, others.get(at) + "1");
            return new CommandLine(p, others);
        });
        var more = Stream.of("-agentlib:jdwp=x", "-Dparley.log=TRACE", "-XX:+HeapDumpOnOutOfMemoryError")
                .map(flag -> new CommandLine(
                        p, Stream.concat(flags.stream(), Stream.of(flag)).toList()));
        var limits = Stream.of(
                        new SandboxProfile(p.memoryMib() + 1, p.cpuSeconds(), p.files(), p.threads()),
                        new SandboxProfile(p.memoryMib(), p.cpuSeconds() + 1, p.files(), p.threads()),
                        new SandboxProfile(p.memoryMib(), p.cpuSeconds(), p.files() + 1, p.threads()),
                        new SandboxProfile(p.memoryMib(), p.cpuSeconds(), p.files(), p.threads() + 1))
                .map(profile -> new CommandLine(profile, flags));
        return Stream.of(without, altered, more, limits).flatMap(lines -> lines);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void anotherCommandLineIsAnotherMeasurement(CommandLine altered) {
        assertOther(measured(RECIPE.bootScript(), altered));
    }

    static Stream<BootScript> bootScripts() {
        var right = RECIPE.bootScript();
        return Stream.of(
                new BootScript("/runtime/bin/other", right.launcher(), right.main(), right.classpath()),
                new BootScript(right.java(), "dev.parley.Other", right.main(), right.classpath()),
                new BootScript(right.java(), right.launcher(), "dev.parley.Other", right.classpath()),
                new BootScript(
                        right.java(),
                        right.launcher(),
                        right.main(),
                        right.classpath().reversed()),
                new BootScript(
                        right.java(),
                        right.launcher(),
                        right.main(),
                        Stream.concat(right.classpath().stream(), Stream.of("/app/c.jar"))
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("bootScripts")
    void anotherBootScriptIsAnotherMeasurement(BootScript altered) {
        assertOther(measured(altered, RECIPE.commandLine()));
    }

    /** The control. */
    @Test
    void theSameAgainIsTheSameMeasurement() {
        assertThat(measured(RECIPE.bootScript(), RECIPE.commandLine())).isEqualTo(RIGHT);
        assertThat(commandLines().count()).isGreaterThan(30);
    }

    private static void assertOther(Measurement other) {
        assertThat(other.pcr0()).isNotEqualTo(RIGHT.pcr0());
        assertThat(other.pcr1()).isNotEqualTo(RIGHT.pcr1());
        assertThat(other.pcr2()).isEqualTo(RIGHT.pcr2());
    }

    private static Measurement measured(BootScript boot, CommandLine line) {
        return new ImageBuilder(Architecture.X86_64, boot, line, Json.object().build())
                .ramdisk(ramdisk("lib/c.so"))
                .ramdisk(ramdisk("app/a.jar"))
                .build()
                .measurement();
    }

    private static Bytes ramdisk(String path) {
        return Ramdisk.of(Map.of(path, new Ramdisk.Content(Bytes.utf8("x"), false)))
                .archive();
    }
}
