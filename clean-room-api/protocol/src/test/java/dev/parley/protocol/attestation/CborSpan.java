package dev.parley.protocol.attestation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a value lies in well-formed CBOR: its head from {@code start}, its content from {@code content}, the byte behind
 * it at {@code end}. The children of a map are its keys and values in turn.
 */
record CborSpan(int start, int content, int end, int major, List<CborSpan> children) {
    static final int OCTETS = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;

    static CborSpan of(byte[] bytes) {
        return at(bytes, 0);
    }

    private static CborSpan at(byte[] bytes, int start) {
        var first = bytes[start] & 0xff;
        var major = first >> 5;
        var more = first & 0x1f;
        var width = more < 24 || more == 31 ? 0 : 1 << (more - 24);
        var content = start + 1 + width;
        long argument = more < 24 ? more : 0;
        for (var i = start + 1; i < content; i++) {
            argument = argument << 8 | (bytes[i] & 0xff);
        }
        return switch (major) {
            case OCTETS, TEXT -> new CborSpan(start, content, content + (int) argument, major, List.of());
            case ARRAY -> filled(bytes, start, content, major, (int) argument);
            case MAP -> filled(bytes, start, content, major, more == 31 ? Integer.MAX_VALUE : 2 * (int) argument);
            default -> new CborSpan(start, content, content, major, List.of());
        };
    }

    private static CborSpan filled(byte[] bytes, int start, int content, int major, int count) {
        List<CborSpan> children = new ArrayList<>();
        var at = content;
        while (children.size() < count && bytes[at] != (byte) 0xff) {
            children.add(at(bytes, at));
            at = children.getLast().end();
        }
        return new CborSpan(start, content, count == Integer.MAX_VALUE ? at + 1 : at, major, List.copyOf(children));
    }

    /** This one and all below it. */
    Stream<CborSpan> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(CborSpan::all));
    }

    boolean isString() {
        return major == OCTETS || major == TEXT;
    }

    /** The value of an entry of this map. */
    CborSpan value(byte[] bytes, String key) {
        for (var i = 0; i < children.size(); i += 2) {
            if (new String(
                            children.get(i).bytes(bytes),
                            1,
                            children.get(i).size() - 1,
                            java.nio.charset.StandardCharsets.UTF_8)
                    .endsWith(key)) {
                return children.get(i + 1);
            }
        }
        throw new IllegalArgumentException("no entry " + key);
    }

    int size() {
        return end - start;
    }

    byte[] bytes(byte[] whole) {
        return java.util.Arrays.copyOfRange(whole, start, end);
    }

    /** The whole with other bytes in the place of this value. */
    byte[] replacedBy(byte[] whole, byte[] other) {
        return spliced(whole, start, end, other);
    }

    static byte[] spliced(byte[] whole, int from, int to, byte[] other) {
        var joined = new byte[from + other.length + whole.length - to];
        System.arraycopy(whole, 0, joined, 0, from);
        System.arraycopy(other, 0, joined, from, other.length);
        System.arraycopy(whole, to, joined, from + other.length, whole.length - to);
        return joined;
    }

    /** A head of this major type with its argument in so many bytes: 0 is within the first, then 1, 2, 4, 8. */
    static byte[] head(int major, long argument, int width) {
        if (width == 0) {
            return new byte[] {(byte) ((major << 5) | (int) argument)};
        }
        var head = new byte[1 + width];
        head[0] = (byte) ((major << 5) | (24 + Integer.numberOfTrailingZeros(width)));
        for (var i = 0; i < width; i++) {
            head[width - i] = (byte) (argument >> (8 * i));
        }
        return head;
    }

    /** A byte string in its shortest form. */
    static byte[] octets(byte[] content) {
        return joined(head(OCTETS, content.length, width(content.length)), content);
    }

    static int width(long argument) {
        return argument < 24 ? 0 : argument < 1 << 8 ? 1 : argument < 1 << 16 ? 2 : 4;
    }

    static byte[] joined(byte[] first, byte[] second) {
        return spliced(first, first.length, first.length, second);
    }
}
