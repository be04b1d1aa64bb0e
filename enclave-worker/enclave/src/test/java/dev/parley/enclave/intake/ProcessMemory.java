package dev.parley.enclave.intake;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All writable memory of another process, as far as the kernel shows it to who may trace it. */
final class ProcessMemory {
    private static final int CHUNK = 1 << 20;

    private final Path process;

    ProcessMemory(long pid) {
        this.process = Path.of("/proc", Long.toString(pid));
    }

    /** How often the bytes stand there. */
    int count(byte[] needle) throws IOException {
        var found = 0;
        try (var memory = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (var line : mappings()) {
                var range = line.split(" ", 2)[0].split("-", 2);
                found += count(memory, Long.parseLong(range[0], 16), Long.parseLong(range[1], 16), needle);
            }
        }
        return found;
    }

    /** Whether any byte of the secret mapping can be read; false where there is none. */
    boolean showsSecretMapping() throws IOException {
        try (var memory = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (var line : mappings()) {
                if (line.contains("secretmem")) {
                    memory.seek(Long.parseLong(line.split("-", 2)[0], 16));
                    return read(memory, new byte[1], 1) == 1;
                }
            }
        }
        return false;
    }

    boolean hasSecretMapping() throws IOException {
        return mappings().stream().anyMatch(line -> line.contains("secretmem"));
    }

    private List<String> mappings() throws IOException {
        return Files.readAllLines(process.resolve("maps")).stream()
                .filter(line -> line.split(" ", 3)[1].startsWith("rw"))
                .toList();
    }

    private static int count(RandomAccessFile memory, long from, long to, byte[] needle) throws IOException {
        var found = 0;
        var chunk = new byte[CHUNK + needle.length - 1];
        for (long at = from; at < to; at += CHUNK) {
            memory.seek(at);
            int size = read(memory, chunk, (int) Math.min(chunk.length, to - at));
            for (int i = 0; i + needle.length <= size; i++) {
                found += matches(chunk, i, needle) ? 1 : 0;
            }
        }
        return found;
    }

    /** What the kernel refuses to show counts as not there. */
    private static int read(RandomAccessFile memory, byte[] chunk, int most) {
        int size = 0;
        try {
            while (size < most) {
                int more = memory.read(chunk, size, most - size);
                if (more < 0) {
                    return size;
                }
                size += more;
            }
        } catch (IOException e) {
            return size;
        }
        return size;
    }

    private static boolean matches(byte[] chunk, int at, byte[] needle) {
        for (int i = 0; i < needle.length; i++) {
            if (chunk[at + i] != needle[i]) {
                return false;
            }
        }
        return true;
    }
}
