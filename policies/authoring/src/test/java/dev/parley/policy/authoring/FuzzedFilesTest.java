package dev.parley.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.authoring.yaml.YamlFile;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.sample.SampleRoom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with bytes changed, taken out and put in: each ends in a value or a finding, never in an exception. */
class FuzzedFilesTest {
    private static final byte[] INTERESTING =
            "\n\n\t  :{}[],&*!|>'\"%@`#?-~<=0\\.\r\u0000\u007f".getBytes(StandardCharsets.UTF_8);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20260604);

    @Test
    void readsOrRefusesAnyFile() throws IOException {
        var seeds = List.of(
                Files.readAllBytes(RoomCopy.EXAMPLE.resolve("room.yaml")),
                Files.readAllBytes(RoomCopy.EXAMPLE.resolve("privacy.yaml")),
                Files.readAllBytes(RoomCopy.EXAMPLE.resolve("templates/campaign-reach.yaml")));
        var read = 0;
        var refused = 0;
        for (var i = 0; i < 6_000; i++) {
            var bytes = mutate(seeds.get(i % seeds.size()), 1 + random.nextInt(6));
            try {
                YamlFile.read("fuzzed.yaml", bytes);
                read++;
            } catch (YamlProblem e) {
                assertThat(e.position().file()).isEqualTo("fuzzed.yaml");
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void compilesOrRefusesAnyRoom(@TempDir Path folder) throws IOException {
        var copy = RoomCopy.in(folder, SampleRoom.create(new SecureRandom()));
        var files = List.of(
                "room.yaml",
                "privacy.yaml",
                "datasets/customers.yaml",
                "templates/campaign-reach.yaml",
                "measurements.json",
                "keys/publisher-run.jwk",
                "keys/publisher-run.jws");
        for (var i = 0; i < 350; i++) {
            var file = copy.folder().resolve(files.get(i % files.size()));
            var good = Files.readAllBytes(file);
            Files.write(file, mutate(good, 1 + random.nextInt(3)));

            assertThat(copy.compile()).isNotNull();

            Files.write(file, good);
        }
        assertThat(copy.compile()).isInstanceOf(Compilation.Compiled.class);
    }

    private byte[] mutate(byte[] seed, int times) {
        var bytes = seed;
        for (var i = 0; i < times; i++) {
            var at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> {
                    bytes = bytes.clone();
                    bytes[at] = (byte) random.nextInt(256);
                }
                case 1 -> bytes = replace(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
                default -> bytes = replace(bytes, at, at, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
            }
            if (bytes.length == 0) {
                return seed;
            }
        }
        return bytes;
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
        var out = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
        System.arraycopy(by, 0, out, from, by.length);
        System.arraycopy(bytes, to, out, from + by.length, bytes.length - to);
        return out;
    }
}
