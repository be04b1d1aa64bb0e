package dev.parley.image.compare;

import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;

/** Compares two ramdisks file by file, and changed jars entry by entry. */
final class RamdiskFiles {
    private final Part part;

    RamdiskFiles(Part part) {
        this.part = part;
    }

    List<Change> changes(Bytes before, Bytes after) {
        try {
            return changes(Ramdisk.parse(before).files(), Ramdisk.parse(after).files());
        } catch (Malformed e) {
            return Texts.changes(
                    part,
                    Map.of("archive of another builder", Sha384Digest.of(before).hex()),
                    Map.of("archive of another builder", Sha384Digest.of(after).hex()));
        }
    }

    /** Of a ramdisk that only one of the images has. */
    List<Change> all(Bytes archive, boolean added) {
        var none = Ramdisk.of(Map.of()).archive();
        return added ? changes(none, archive) : changes(archive, none);
    }

    private List<Change> changes(SortedMap<String, Ramdisk.Content> before, SortedMap<String, Ramdisk.Content> after) {
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (var path : paths) {
            var was = Optional.ofNullable(before.get(path));
            var is = Optional.ofNullable(after.get(path));
            if (!was.equals(is)) {
                var entries = path.endsWith(".jar") && was.isPresent() && is.isPresent()
                        ? Texts.changes(part, entries(was.get()), entries(is.get()))
                        : List.<Change>of();
                changes.add(new Change(part, path, was.map(RamdiskFiles::text), is.map(RamdiskFiles::text), entries));
            }
        }
        return changes;
    }

    private static String text(Ramdisk.Content content) {
        var digest = Sha384Digest.of(content.data()).hex();
        return content.executable() ? digest + " (program)" : digest;
    }

    /** What can be read of a jar: one that is damaged shows fewer entries, and still as changed. */
    private static Map<String, String> entries(Ramdisk.Content jar) {
        Map<String, String> entries = new TreeMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(jar.data().toArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var data = Bytes.takeOwnershipOf(zip.readAllBytes());
                entries.put(entry.getName(), Sha384Digest.of(data).hex());
            }
        } catch (IOException | IllegalArgumentException e) {
            return entries;
        }
        return entries;
    }
}
