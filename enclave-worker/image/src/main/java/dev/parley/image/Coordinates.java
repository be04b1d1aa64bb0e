package dev.parley.image;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What Maven calls one jar. */
record Coordinates(String group, String name, String version) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

    /** {@code    org.duckdb:duckdb_jdbc:jar:2.0.0.1:compile}; what follows is for people, and coloured. */
    private static final Pattern LINE = Pattern.compile(" {3}([^:]+):([^:]+):jar:([^:]+):(compile|runtime)(\\W.*)?");

    Coordinates {
        if (!WORD.matcher(group).matches()
                || !WORD.matcher(name).matches()
                || !WORD.matcher(version).matches()) {
            throw new IllegalArgumentException("a Maven coordinate has another form");
        }
    }

    /** Reads the file that {@code dependency:list} writes. */
    static List<Coordinates> list(Bytes text) throws Malformed {
        List<Coordinates> all = new ArrayList<>();
        for (var line : StandardCharsets.UTF_8
                .decode(text.asBuffer())
                .toString()
                .lines()
                .toList()) {
            if (line.startsWith(" ")) {
                all.add(line(line));
            }
        }
        if (all.isEmpty()) {
            throw new Malformed("the list names no dependencies");
        }
        return all;
    }

    private static Coordinates line(String line) throws Malformed {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new Malformed("a line of the list names no jar");
        }
        try {
            return new Coordinates(parts.group(1), parts.group(2), parts.group(3));
        } catch (IllegalArgumentException e) {
            throw new Malformed("a line of the list names no jar", e);
        }
    }

    /** How the jar is called in a folder of dependencies. */
    String file() {
        return name + "-" + version + ".jar";
    }

    /** As a package URL. */
    String purl() {
        return "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
    }
}
