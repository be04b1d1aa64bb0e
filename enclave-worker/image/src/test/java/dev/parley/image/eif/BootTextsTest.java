package dev.parley.image.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootTextsTest {
    @Test
    void bootScriptIsTheTextOfItsSpecification() {
        assertThat(SmallImage.BOOT.bytes()).isEqualTo(Bytes.utf8("""
                parley-boot/1
                java /runtime/bin/java
                launcher dev.parley.Launcher
                main dev.parley.Main
                classpath /app/a.jar
                classpath /app/b.jar
                """));
    }

    @Test
    void commandLineIsWordsWithOneSpaceBetween() {
        assertThat(SmallImage.COMMAND.bytes())
                .isEqualTo(
                        Bytes.utf8(
                                "sandbox.memory-mib=512 sandbox.cpu-seconds=60 sandbox.files=64 sandbox.threads=64 -Xmx64m -Da=b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "parley-boot/2\njava /j\nlauncher L\nmain M\nclasspath /a\n",
                "parley-boot/1\njava /j\nlauncher L\nmain M\n",
                "parley-boot/1\njava /j\nlauncher L\nmain M\nclasspath /a",
                "parley-boot/1\njava j\nlauncher L\nmain M\nclasspath /a\n",
                "parley-boot/1\njava /j\nmain M\nlauncher L\nclasspath /a\n",
                "parley-boot/1\njava /j\nlauncher L\nmain M\nclasspath /a:/b\n",
                "parley-boot/1\njava /j\nlauncher L\nmain -jar\nclasspath /a\n",
                "parley-boot/1\njava /../j\nlauncher L\nmain M\nclasspath /a\n",
                "parley-boot/1\njava /j\nlauncher L\nmain M\nclasspath /a\nclasspath /b\n\n"
            })
    void refusesOtherBootScripts(String text) {
        assertThatThrownBy(() -> BootScript.parse(Bytes.utf8(text))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-Xmx1g",
                "sandbox.memory-mib=512 sandbox.cpu-seconds=60 sandbox.files=64",
                "sandbox.memory-mib=512 sandbox.cpu-seconds=60 sandbox.files=64 sandbox.threads=64  -Xmx1g",
                "sandbox.memory-mib=0512 sandbox.cpu-seconds=60 sandbox.files=64 sandbox.threads=64",
                "sandbox.memory-mib=1 sandbox.cpu-seconds=60 sandbox.files=64 sandbox.threads=64",
                "sandbox.memory-mib=512 sandbox.cpu-seconds=60 sandbox.files=64 sandbox.threads=64 evil.Main",
                "sandbox.cpu-seconds=60 sandbox.files=64 sandbox.memory-mib=512 sandbox.threads=64"
            })
    void refusesOtherCommandLines(String text) {
        assertThatThrownBy(() -> CommandLine.parse(Bytes.utf8(text))).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesAFlagWithSpaceOrQuotes() {
        var profile = new SandboxProfile(512, 60, 64, 64);

        assertThatThrownBy(() -> new CommandLine(profile, List.of("-Da=b c")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
