package dev.parley.image.eif;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of one ramdisk by their path, relative and sorted; folders follow from the paths. As bytes it is a cpio
 * archive of the form {@code newc} in which everything that could differ between two builds is zero.
 */
public record Ramdisk(SortedMap<String, Content> files) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

    /** A file: no links, no devices, no owner, no time. */
    public record Content(Bytes data, boolean executable) {
        public Content {
            requireNonNull(data);
        }
    }

    public Ramdisk {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        for (var path : files.keySet()) {
            if (!PATH.matcher(path).matches()) {
                throw new IllegalArgumentException("a ramdisk has a path of another form");
            }
        }
    }

    public static Ramdisk of(Map<String, Content> files) {
        return new Ramdisk(new TreeMap<>(files));
    }

    /** Reads an archive strictly: only what {@link #archive()} writes. */
    public static Ramdisk parse(Bytes archive) throws Malformed {
        return CpioReader.read(archive);
    }

    public Bytes archive() {
        return CpioWriter.write(this);
    }
}
