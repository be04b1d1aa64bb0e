package dev.parley.web.keys;

import dev.parley.web.keys.KeysRefused.Code;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What unlocks the keys, read once. Only a file descriptor or a console gives it: command lines and environments are
 * readable by others.
 */
public final class Passphrase implements AutoCloseable {
    private static final int MAX_BYTES = 1024;

    private final char[] secret;

    private Passphrase(char[] secret) {
        this.secret = secret;
    }

    /** Takes the characters into its possession. */
    public static Passphrase takeOwnershipOf(char[] secret) {
        return new Passphrase(secret);
    }

    static Passphrase read(OptionalInt descriptor, @Nullable Console console) throws KeysRefused {
        if (descriptor.isPresent()) {
            return fromDescriptor(descriptor.getAsInt());
        }
        var typed = console == null ? null : console.readPassword("Passphrase of the party's keys: ");
        if (typed == null || typed.length == 0) {
            throw new KeysRefused(
                    Code.PASSPHRASE_MISSING,
                    "no console to ask at; set parley.keys.passphrase-fd to an open descriptor");
        }
        return new Passphrase(typed);
    }

    private static Passphrase fromDescriptor(int descriptor) throws KeysRefused {
        // Standard input is there already; /dev/fd would need the right to open it anew.
        try (var input = descriptor == 0 ? System.in : new FileInputStream("/dev/fd/" + descriptor)) {
            return fromFirstLine(input, "descriptor " + descriptor);
        } catch (IOException e) {
            throw new KeysRefused(Code.PASSPHRASE_MISSING, "descriptor " + descriptor + " is not open for reading");
        }
    }

    static Passphrase fromFirstLine(InputStream input, String where) throws IOException, KeysRefused {
        var line = new byte[MAX_BYTES];
        try {
            var length = 0;
            for (var next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                if (length == MAX_BYTES) {
                    throw new KeysRefused(Code.PASSPHRASE_MISSING, where + " gives more than " + MAX_BYTES + " bytes");
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw new KeysRefused(Code.PASSPHRASE_MISSING, where + " gives an empty line");
            }
            return new Passphrase(decode(ByteBuffer.wrap(line, 0, length)));
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static char[] decode(ByteBuffer utf8) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(utf8);
        var characters = new char[decoded.remaining()];
        decoded.get(characters);
        Arrays.fill(decoded.array(), '\0');
        return characters;
    }

    /** The characters themselves, to be neither kept nor changed. */
    char[] characters() {
        return secret;
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
        return "Passphrase[secret]";
    }
}
