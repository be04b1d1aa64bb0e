package dev.parley.rehearsal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names, package pages, and what the measured program may carry. */
class HouseRulesTest {
    private static final Pattern NAME = Pattern.compile(".*(Utils?|Helper|Manager|Impl|Base|Info)\\.java");
    private static final Pattern FOLDER =
            Pattern.compile(".*/(util|utils|common|helper|dto|entity|service|impl|misc|model|manager)/[^/]*");

    @Test
    void noClassOrPackageHasANameThatSaysNothing() {
        assertThat(Checkout.mainSources())
                .noneMatch(file -> !file.endsWith("package-info.java")
                        && NAME.matcher(file.getFileName().toString()).matches())
                .noneMatch(file -> FOLDER.matcher(file.toString()).matches());
    }

    @Test
    void everyPackageSaysWhatItIs() {
        var packages =
                Checkout.mainSources().stream().map(Path::getParent).distinct().toList();

        assertThat(packages).allSatisfy(folder -> {
            var page = folder.resolve("package-info.java");
            assertThat(page).exists();
            assertThat(page).content().contains("@NullMarked").contains("/**");
        });
    }

    @Test
    void nothingUnfinishedIsLeftInTheCode() {
        var mark = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

        assertThat(Checkout.mainSources())
                .noneSatisfy(file -> assertThat(file).content().containsPattern(mark));
    }

    @Test
    void theMeasuredProgramCarriesOnlyTheAllowedLibraries() throws IOException {
        var lib = Checkout.root().resolve("enclave-worker/enclave/target/lib");

        List<String> names;
        try (var jars = Files.list(lib)) {
            names = jars.map(jar -> jar.getFileName().toString().replaceAll("-[0-9].*", ""))
                    .sorted()
                    .collect(Collectors.toList());
        }

        assertThat(names)
                .containsExactly(
                        "bcprov-jdk18on", "duckdb_jdbc", "jackson-core", "parley-policy-language", "parley-protocol");
    }
}
