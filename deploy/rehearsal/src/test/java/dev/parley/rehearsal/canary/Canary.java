package dev.parley.rehearsal.canary;

import dev.parley.protocol.encoding.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A value that occurs nowhere else, and the byte strings that would betray it: as it is, in UTF-16, in hexadecimal, in
 * Base64 at each of its three offsets, and as its SHA-256 in all of these.
 */
public record Canary(String name, String text) {
    /** One byte string that betrays a canary. */
    public record Trace(String canary, String form, Bytes bytes) {
        @Override
        public String toString() {
            return canary + " as " + form;
        }
    }

    public List<Trace> traces() {
        List<Trace> traces = new ArrayList<>();
        var raw = text.getBytes(StandardCharsets.UTF_8);
        add(traces, "text", raw);
        add(traces, "capitals", text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        add(traces, "UTF-16LE", bytes(StandardCharsets.UTF_16LE));
        add(traces, "UTF-16BE", bytes(StandardCharsets.UTF_16BE));
        addEncoded(traces, "", raw);
        var hash = sha256(raw);
        add(traces, "SHA-256", hash);
        addEncoded(traces, "SHA-256 ", hash);
        // DuckDB and the sealed form hold a digest as four words.
        add(traces, "SHA-256 first word", Arrays.copyOf(hash, 8));
        return traces;
    }

    private void addEncoded(List<Trace> traces, String what, byte[] value) {
        add(traces, what + "hex", HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII));
        add(
                traces,
                what + "HEX",
                HexFormat.of().withUpperCase().formatHex(value).getBytes(StandardCharsets.US_ASCII));
        for (var offset = 0; offset < 3; offset++) {
            add(traces, what + "Base64+" + offset, base64(Base64.getEncoder(), value, offset));
            add(traces, what + "base64url+" + offset, base64(Base64.getUrlEncoder(), value, offset));
        }
    }

    /** The characters that depend on the value alone, wherever it stands in what was encoded. */
    private static byte[] base64(Base64.Encoder encoder, byte[] value, int offset) {
        var shifted = new byte[offset + value.length];
        System.arraycopy(value, 0, shifted, offset, value.length);
        var encoded = encoder.withoutPadding().encode(shifted);
        var from = offset == 0 ? 0 : offset + 1;
        return Arrays.copyOfRange(encoded, from, shifted.length * 8 / 6);
    }

    private byte[] bytes(Charset charset) {
        return text.getBytes(charset);
    }

    private void add(List<Trace> traces, String form, byte[] bytes) {
        traces.add(new Trace(name, form, Bytes.copyOf(bytes)));
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
