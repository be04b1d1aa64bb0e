package dev.parley.rehearsal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name exists, and what the code says to users is explained. */
class PagesTest {
    private static final Pattern PATH = Pattern.compile("`((?:[a-z.-]+/)+[A-Za-z0-9_.-]*)`");
    private static final Pattern ENUM = Pattern.compile(
            "enum (?:Reason|Code|ReleaseCode|RefusalCode|[A-Za-z]*Refusal[A-Za-z]*|(?!Exit)[A-Za-z]+Code) \\{(.*?)(?:;|\\n\\s*})",
            Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("^\\s*([A-Z][A-Z0-9_]+)\\b", Pattern.MULTILINE);

    @Test
    void everyPathThatThePagesNameExists() {
        var pages = Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md");

        var named = pages.map(Checkout::read)
                .flatMap(page -> PATH.matcher(page).results().map(match -> match.group(1)))
                .distinct()
                .toList();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Checkout.root().resolve(path)).exists());
    }

    @Test
    void everyCodeHasItsRowInTheListOfErrors() {
        var list = Checkout.read("docs/errors.md");

        var codes = codes();

        assertThat(codes).hasSizeGreaterThan(80);
        assertThat(codes.stream().filter(code -> !list.contains("`" + code + "`") && !list.contains("_" + code + "`")))
                .isEmpty();
    }

    @Test
    void theReadmeNamesItsTwoCommands() {
        assertThat(Checkout.read("README.md")).contains("$ deploy/demo").contains("$ ./mvnw verify");
        assertThat(Checkout.read(".ci/run")).contains("./mvnw verify");
        assertThat(Files.isExecutable(Checkout.root().resolve("deploy/demo"))).isTrue();
    }

    private static List<String> codes() {
        return Checkout.mainSources().stream()
                .map(file -> Checkout.read(file.toString()))
                .flatMap(source -> ENUM.matcher(source).results())
                .map(match -> match.group(1).replaceAll("(?s)/\\*.*?\\*/", ""))
                .flatMap(body -> CONSTANT.matcher(body.replace(",", ",\n")).results())
                .map(match -> match.group(1))
                .distinct()
                .sorted()
                .toList();
    }
}
