package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkedRuntimeTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesFilesInOneOrderWhateverTheFolderLists() throws Exception {
        for (var name : List.of("z", "a", "m/q", "m/b", "bin/java")) {
            make("one", name);
        }
        for (var name : List.of("bin/java", "m/b", "a", "m/q", "z")) {
            make("two", name);
        }

        var one = LinkedRuntime.files(folder.resolve("one"), path -> !path.equals("z"));
        var two = LinkedRuntime.files(folder.resolve("two"), path -> !path.equals("z"));

        assertThat(List.copyOf(one.keySet()))
                .isEqualTo(List.copyOf(two.keySet()))
                .containsExactly("runtime/a", "runtime/bin/java", "runtime/m/b", "runtime/m/q");
        assertThat(one).isEqualTo(two);
    }

    private void make(String tree, String name) throws Exception {
        var file = folder.resolve(tree).resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, name);
    }
}
