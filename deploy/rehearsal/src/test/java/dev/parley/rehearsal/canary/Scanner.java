package dev.parley.rehearsal.canary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds traces of canaries in bytes, files and whole folders. One pass, whatever the number of traces. */
public final class Scanner {
    private static final int KEY = Integer.BYTES;
    private static final int BUFFER = 4 << 20;

    private final Map<Integer, List<Wanted>> byStart = new HashMap<>();
    private final boolean[] firstBytes = new boolean[256];
    private int longest;

    public Scanner(List<Canary> canaries) {
        for (var canary : canaries) {
            for (var trace : canary.traces()) {
                var bytes = trace.bytes().toArray();
                var start = ByteBuffer.wrap(bytes).getInt();
                byStart.computeIfAbsent(start, key -> new ArrayList<>()).add(new Wanted(trace, bytes));
                firstBytes[bytes[0] & 0xff] = true;
                longest = Math.max(longest, bytes.length);
            }
        }
    }

    /** A trace and its bytes, taken out once. */
    private static final class Wanted {
        private final Canary.Trace trace;
        private final byte[] bytes;

        Wanted(Canary.Trace trace, byte[] bytes) {
            this.trace = trace;
            this.bytes = bytes;
        }
    }

    /** Where a trace was found. */
    public record Finding(String place, Canary.Trace trace) {}

    public List<Finding> scan(String place, byte[] bytes) {
        List<Finding> findings = new ArrayList<>();
        scan(place, new Stretch(bytes, bytes.length, bytes.length), findings);
        return findings;
    }

    /** Every regular file below {@code folder} but those that {@code skipped} names. */
    public List<Finding> scan(Path folder, Predicate<Path> skipped) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).filter(skipped.negate()).toList();
        }
        for (var file : files) {
            scanFile(file, findings);
        }
        return findings;
    }

    private void scanFile(Path file, List<Finding> findings) throws IOException {
        var array = new byte[BUFFER];
        var buffer = ByteBuffer.wrap(array);
        try (var channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0 || buffer.position() >= KEY) {
                var end = buffer.position();
                var whole = channel.position() >= channel.size();
                var until = whole ? end : Math.max(0, end - longest);
                scan(file.toString(), new Stretch(array, end, until), findings);
                if (whole) {
                    return;
                }
                buffer.limit(end).position(until);
                buffer.compact();
            }
        } catch (NoSuchFileException e) {
            // A running database removes files while it is looked at.
            return;
        }
    }

    /** Bytes up to {@code end}, in which traces are looked for that start before {@code until}. */
    private static final class Stretch {
        private final byte[] array;
        private final int end;
        private final int until;

        Stretch(byte[] array, int end, int until) {
            this.array = array;
            this.end = end;
            this.until = until;
        }
    }

    private void scan(String place, Stretch stretch, List<Finding> findings) {
        var array = stretch.array;
        for (var at = 0; at < stretch.until && at + KEY <= stretch.end; at++) {
            if (!firstBytes[array[at] & 0xff]) {
                continue;
            }
            var start = (array[at] & 0xff) << 24
                    | (array[at + 1] & 0xff) << 16
                    | (array[at + 2] & 0xff) << 8
                    | (array[at + 3] & 0xff);
            for (var wanted : byStart.getOrDefault(start, List.of())) {
                if (matches(array, at, stretch.end, wanted.bytes)) {
                    findings.add(new Finding(place, wanted.trace));
                }
            }
        }
    }

    private static boolean matches(byte[] array, int at, int end, byte[] trace) {
        return at + trace.length <= end
                && java.util.Arrays.equals(array, at, at + trace.length, trace, 0, trace.length);
    }
}
