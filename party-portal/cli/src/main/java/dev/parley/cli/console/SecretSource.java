package dev.parley.cli.console;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a secret comes from: a file that only its owner reads, an open descriptor, or a prompt. The first line counts.
 *
 * @param what the secret, in words
 */
public record SecretSource(String what, Optional<Path> file, Optional<Integer> descriptor) {
    private static final int MAX_BYTES = 4096;

    public boolean isGiven() {
        return file.isPresent() || descriptor.isPresent();
    }

    /** The secret, which the caller zeroes. */
    public char[] read(Terminal terminal) throws Failure {
        if (file.isPresent()) {
            return fromFile(file.get());
        }
        if (descriptor.isPresent()) {
            return fromDescriptor(terminal, descriptor.get());
        }
        var typed = terminal.people()
                .flatMap(people -> people.askSecretly("The " + what + ": "))
                .orElseThrow(this::missing);
        if (typed.length == 0) {
            throw missing();
        }
        return typed;
    }

    private char[] fromFile(Path path) throws Failure {
        if (!Files.isRegularFile(path)) {
            throw Failure.of(CliCode.PASSPHRASE_MISSING, path + " is not a file to read the " + what + " from");
        }
        if (OwnFiles.isOpenToOthers(path)) {
            throw Failure.of(CliCode.PASSPHRASE_FILE_OPEN, path + " can be read by others: chmod 600 " + path);
        }
        try (var input = Files.newInputStream(path)) {
            return firstLine(input);
        } catch (IOException e) {
            throw Failure.of(CliCode.PASSPHRASE_MISSING, path + " cannot be read");
        }
    }

    private char[] fromDescriptor(Terminal terminal, int number) throws Failure {
        try {
            if (number == 0) {
                return firstLine(terminal.surroundings().in());
            }
            try (var input = new FileInputStream("/dev/fd/" + number)) {
                return firstLine(input);
            }
        } catch (IOException e) {
            throw Failure.of(CliCode.PASSPHRASE_MISSING, "descriptor " + number + " is not open for reading");
        }
    }

    private char[] firstLine(InputStream input) throws IOException, Failure {
        var line = new byte[MAX_BYTES];
        try {
            var length = 0;
            for (var next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                if (length == MAX_BYTES) {
                    throw missing();
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw missing();
            }
            var decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
            var secret = new char[decoded.remaining()];
            decoded.get(secret);
            Arrays.fill(decoded.array(), '\0');
            return secret;
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private Failure missing() {
        return Failure.of(
                CliCode.PASSPHRASE_MISSING, "no " + what + ": give it by file, by descriptor or at a terminal");
    }
}
