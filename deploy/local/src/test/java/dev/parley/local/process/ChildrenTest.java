package dev.parley.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildrenTest {
    @TempDir
    Path folder;

    private final Children children = Children.endingWithThisJvm();

    @AfterEach
    void stop() {
        children.close();
    }

    @Test
    void stopsTheYoungestFirst() throws Exception {
        var order = folder.resolve("order");
        var first = writingAtItsEnd("first", order);
        var second = writingAtItsEnd("second", order);

        children.close();

        assertThat(Files.readAllLines(order)).containsExactly("second", "first");
        assertThat(first.isAlive()).isFalse();
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void showsTheEndOfTheLogOfAProcessThatEndsBeforeItIsReady() {
        var launch = shell("broken", "echo no such setting; exit 7");

        assertThatThrownBy(() -> children.start(launch, Readiness.file(folder.resolve("never"))))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("no such setting");
    }

    @Test
    void givesUpOnAProcessThatIsNeverReady() throws Exception {
        var child = children.start(shell("slow", "sleep 60"));

        assertThatThrownBy(() -> child.awaitReady(Readiness.file(folder.resolve("never")), Duration.ofMillis(200)))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("not ready");
    }

    @Test
    void stopsWhatAProcessStartedItself() throws Exception {
        var pid = folder.resolve("pid");
        children.start(
                shell("parent", "sleep 60 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid + "; wait"),
                Readiness.file(pid));

        children.close();

        long grandchild = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenThisJvmIsKilled() throws Exception {
        var pid = folder.resolve("pid");
        var classPath = List.of(System.getProperty("java.class.path").split(":")).stream()
                .map(Path::of)
                .toList();
        var line = JavaCommand.main(classPath, Forker.class.getName(), folder.toString());
        var forker = children.start(Launch.of("forker", line, folder.resolve("forker.log")), Readiness.file(pid));

        // Not through Child.kill, which would end the grandchild itself.
        ProcessHandle.of(forker.pid()).orElseThrow().destroyForcibly();

        long grandchild = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(grandchild)
                .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void startsNothingOnceItIsClosed() {
        children.close();

        assertThatThrownBy(() -> children.start(shell("late", "true"))).isInstanceOf(IllegalStateException.class);
    }

    private Child writingAtItsEnd(String name, Path order) throws Exception {
        var ready = folder.resolve(name + ".ready");
        return children.start(
                shell(
                        name,
                        "trap 'echo %s >> %s; exit' TERM; touch %s; while :; do sleep 0.05; done"
                                .formatted(name, order, ready)),
                Readiness.file(ready));
    }

    private Launch shell(String name, String script) {
        return Launch.of(name, List.of("sh", "-c", script), folder.resolve(name + ".log"));
    }

    /** A JVM that forks a child and is then killed from outside. */
    static final class Forker {
        private Forker() {}

        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            var children = Children.endingWithThisJvm();
            var child = children.start(Launch.of("child", List.of("sleep", "60"), folder.resolve("child.log")));
            // Moved into place, so that a reader never sees half a number.
            Files.writeString(folder.resolve("pid.new"), Long.toString(child.pid()));
            Files.move(folder.resolve("pid.new"), folder.resolve("pid"));
            child.await();
        }
    }
}
