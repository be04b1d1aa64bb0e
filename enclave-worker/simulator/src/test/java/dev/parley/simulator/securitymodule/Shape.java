package dev.parley.simulator.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What remains of an encoding when names, keys, serial numbers, times and other values are taken out of it: one line for
 * each item, with all that an observer could tell two platforms apart by.
 */
final class Shape {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int CONSTRUCTED = 0x20;

    private final List<String> lines = new ArrayList<>();

    private enum Part {
        BODY,
        EXTENSIONS,
        SIGNATURE
    }

    private Shape() {}

    /** Of a certificate: its tags, object identifiers, flags, key usages, path lengths, and how long its numbers are. */
    static List<String> ofCertificate(Bytes der) {
        var shape = new Shape();
        shape.element(der.asBuffer(), 0, Part.BODY);
        return shape.lines;
    }

    /**
     * Of a document without its certificates: the kind and the width of each head, the keys of maps, and the lengths of
     * what is not a certificate.
     */
    static List<String> ofDocument(Bytes cose) {
        var shape = new Shape();
        var in = cose.asBuffer();
        shape.item(in, 0, "document");
        assertThat(in.hasRemaining()).isFalse();
        return shape.lines;
    }

    private void element(ByteBuffer in, int depth, Part part) {
        int tag = in.get() & 0xff;
        var content = content(in, length(in));
        var indent = "  ".repeat(depth) + Integer.toHexString(tag);
        if ((tag & CONSTRUCTED) != 0) {
            lines.add(indent);
            // [3] EXPLICIT of a body holds the extensions: what lies in there has no names and is compared as it is.
            while (content.hasRemaining()) {
                element(content, depth + 1, tag == 0xa3 && depth == 2 ? Part.EXTENSIONS : part);
            }
            return;
        }
        switch (tag) {
            case OID, BOOLEAN -> lines.add(indent + " " + Bytes.copyOf(content).hex());
            case INTEGER -> lines.add(indent + " " + number(content, depth, part));
            case BIT_STRING -> bits(content, depth, indent, part);
            case OCTET_STRING -> octets(content, depth, indent);
            // The year decides between the two (RFC 5280, 4.1.2.5).
            case UTC_TIME, GENERALIZED_TIME -> lines.add("  ".repeat(depth) + "time");
            default -> lines.add(indent);
        }
    }

    /** Versions and path lengths by value, serial numbers by the size class that they were drawn from. */
    private static String number(ByteBuffer content, int depth, Part part) {
        if (part == Part.SIGNATURE) {
            return "of a signature";
        }
        if (part == Part.EXTENSIONS || depth == 3) {
            return Bytes.copyOf(content).hex();
        }
        int size = content.remaining() - (content.get(0) == 0 ? 1 : 0);
        return size > 16 ? "of 20" : "of 16";
    }

    private void bits(ByteBuffer content, int depth, String indent, Part part) {
        if (part == Part.EXTENSIONS) {
            lines.add(indent + " " + Bytes.copyOf(content).hex());
        } else if (depth == 1) {
            lines.add(indent + " signature");
            content.get();
            element(content, depth + 1, Part.SIGNATURE);
        } else {
            lines.add(indent + " key of " + content.remaining() + " beginning "
                    + Bytes.copyOf(content.slice(0, 2)).hex());
        }
    }

    /** The content of an extension is DER again, but for the identifiers of keys. */
    private void octets(ByteBuffer content, int depth, String indent) {
        if (content.remaining() == 20) {
            lines.add(indent + " identifier");
            return;
        }
        lines.add(indent);
        while (content.hasRemaining()) {
            element(content, depth + 1, Part.EXTENSIONS);
        }
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        return switch (first) {
            case 0x81 -> in.get() & 0xff;
            case 0x82 -> in.getShort() & 0xffff;
            default -> first;
        };
    }

    private void item(ByteBuffer in, int depth, String name) {
        int head = in.get() & 0xff;
        int additional = head & 0x1f;
        long argument = switch (additional) {
            case 24 -> in.get() & 0xff;
            case 25 -> in.getShort() & 0xffff;
            case 26 -> in.getInt() & 0xffff_ffffL;
            case 27 -> in.getLong();
            default -> additional;
        };
        var width = additional < 24 ? "short" : "width " + additional;
        var line = "  ".repeat(depth) + name + ": major " + (head >> 5) + " ";
        switch (head >> 5) {
            case 0 -> lines.add(line + width);
            case 2 -> octets(in, (int) argument, depth, name, line);
            case 3 -> lines.add(line + argument + " " + words(name, text(in, (int) argument)));
            case 4 -> array(in, (int) argument, depth, line);
            case 5 -> map(in, additional == 31 ? -1 : argument, depth, line);
            default -> lines.add(line + additional);
        }
    }

    private void octets(ByteBuffer in, int length, int depth, String name, String line) {
        var content = content(in, length);
        switch (name) {
            case "document 0" -> lines.add(line + Bytes.copyOf(content).hex());
            case "document 2" -> {
                lines.add(line + "payload");
                item(content, depth + 1, "payload");
                assertThat(content.hasRemaining()).isFalse();
            }
            case "certificate", "cabundle" -> lines.add(line + (length > 255 ? "of two bytes' length" : "short"));
            default -> lines.add(line + length);
        }
    }

    private void array(ByteBuffer in, int size, int depth, String line) {
        lines.add(line + size);
        for (int i = 0; i < size; i++) {
            item(in, depth + 1, depth == 0 ? "document " + i : "cabundle");
        }
    }

    private void map(ByteBuffer in, long size, int depth, String line) {
        lines.add(line + (size < 0 ? "indefinite" : size));
        for (long i = 0; i != size; i++) {
            if (size < 0 && (in.get(in.position()) & 0xff) == 0xff) {
                in.get();
                return;
            }
            int head = in.get() & 0xff;
            var key = head >> 5 == 3 ? text(in, head & 0x1f) : "pcr " + (head == 0x18 ? in.get() & 0xff : head);
            item(in, depth + 1, key);
        }
    }

    /** The one text that is the same everywhere. */
    private static String words(String name, String text) {
        return name.equals("digest") ? text : "";
    }

    private static String text(ByteBuffer in, int length) {
        return new String(Bytes.copyOf(content(in, length)).toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static ByteBuffer content(ByteBuffer in, int length) {
        var content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }
}
