package dev.parley.policy.authoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.parley.policy.authoring.yaml.YamlFile;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.sample.SampleRoom;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas say what the compiler does: editors and it agree on the example. */
class SchemasTest {
    private static final Path SCHEMAS = Path.of("src/main/resources/dev/parley/policy/authoring/schema");
    private static final Pattern REFERENCE = Pattern.compile("\\A# yaml-language-server: \\$schema=(\\S+)\n");

    @ParameterizedTest
    @MethodSource("exampleFiles")
    void acceptsTheFilesOfTheExample(Path file) throws IOException, YamlProblem {
        assertThat(schemaOf(file).validate(json(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("exampleFiles")
    void refusesAnUnknownKeyInEachOfThem(Path file) throws IOException, YamlProblem {
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) json(file);
        json.put("surplus", "1");

        assertThat(schemaOf(file).validate(json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"room", "dataset", "privacy", "template", "test", "measurements"})
    void describesOnlyKeysThatTheCompilerKnows(String kind) throws IOException {
        var schema = schema(SCHEMAS.resolve(kind + ".schema.json"));

        assertThat(schema.getSchemaNode().get("additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(schema.getSchemaNode().get("properties").has("parley")).isTrue();
    }

    @Test
    void acceptsTheMeasurementsThatToolsWrite(@TempDir Path folder) throws IOException {
        var copy = RoomCopy.in(folder, SampleRoom.create(new SecureRandom()));
        var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(copy.text("measurements.json"));

        assertThat(schema(SCHEMAS.resolve("measurements.schema.json")).validate(json))
                .isEmpty();
    }

    static List<Path> exampleFiles() throws IOException {
        try (Stream<Path> files = Files.walk(RoomCopy.EXAMPLE)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The schema that the file itself names in its first line, as an editor finds it. */
    private static JsonSchema schemaOf(Path file) throws IOException {
        var reference = REFERENCE.matcher(Files.readString(file));
        assertThat(reference.find())
                .as("first line of %s names its schema", file)
                .isTrue();
        return schema(requireNonNull(file.getParent()).resolve(reference.group(1)));
    }

    private static JsonSchema schema(Path file) throws IOException {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(file), config);
    }

    private static JsonNode json(Path file) throws IOException, YamlProblem {
        return json(YamlFile.read(file.getFileName().toString(), Files.readAllBytes(file)));
    }

    /** As an editor's YAML 1.2 core schema reads scalars. */
    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar
            when !scalar.quoted() && scalar.text().matches("-?[0-9]+(\\.[0-9]+)?") ->
                JsonNodeFactory.instance.numberNode(new BigDecimal(scalar.text()));
            case YamlNode.Scalar scalar -> JsonNodeFactory.instance.textNode(scalar.text());
            case YamlNode.Items(var at, var items) -> {
                var array = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Entries(var at, var entries) -> {
                var object = JsonNodeFactory.instance.objectNode();
                entries.forEach(entry -> object.set(entry.key().text(), json(entry.value())));
                yield object;
            }
        };
    }
}
