package dev.parley.rehearsal.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
    private static final String VALUE = "canary.k7q2zx@parley.test";

    private final Canary canary = new Canary("e-mail", VALUE);
    private final Scanner scanner = new Scanner(List.of(canary));

    @Test
    void findsEveryFormAtEveryOffset() {
        for (var trace : canary.traces()) {
            for (var offset = 0; offset < 5; offset++) {
                var bytes = trace.bytes().toArray();
                var place = new byte[offset + bytes.length + 3];
                System.arraycopy(bytes, 0, place, offset, bytes.length);

                assertThat(scanner.scan("place", place)).isNotEmpty();
            }
        }
    }

    @Test
    void findsAValueInsideLongerEncodings() {
        for (var padding = 0; padding < 4; padding++) {
            var message = ("x".repeat(padding) + VALUE + "tail").getBytes(StandardCharsets.UTF_8);

            assertThat(scanner.scan("base64", Base64.getEncoder().encode(message)))
                    .isNotEmpty();
            assertThat(scanner.scan("hex", HexFormat.of().formatHex(message).getBytes(StandardCharsets.US_ASCII)))
                    .isNotEmpty();
            assertThat(scanner.scan(
                            "utf-16", new String(message, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16)))
                    .isNotEmpty();
        }
    }

    @Test
    void findsAValueThatStraddlesTheBufferOfALargeFile(@TempDir Path folder) throws Exception {
        var bytes = new byte[9 << 20];
        new Random(1).nextBytes(bytes);
        var value = VALUE.getBytes(StandardCharsets.UTF_8);
        for (var at : new int[] {0, (4 << 20) - 7, (8 << 20) - 1, bytes.length - value.length}) {
            var file = folder.resolve("at-" + at);
            var planted = Arrays.copyOf(bytes, bytes.length);
            System.arraycopy(value, 0, planted, at, value.length);
            Files.write(file, planted);

            assertThat(scanner.scan(folder, path -> !path.equals(file))).hasSize(1);
        }
    }

    @Test
    void findsNothingInNoise() {
        var noise = new byte[8 << 20];
        new Random(2).nextBytes(noise);

        assertThat(scanner.scan("noise", noise)).isEmpty();
    }
}
