package dev.parley.image.compare;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One thing that differs.
 *
 * @param subject a path, a flag, a member
 * @param before what it was: a digest or a text; empty where it was not there
 * @param after what it is; empty where it is gone
 * @param entries for a jar that changed, what differs in it
 */
public record Change(Part part, String subject, Optional<String> before, Optional<String> after, List<Change> entries) {
    public Change {
        requireNonNull(part);
        requireNonNull(subject);
        requireNonNull(before);
        requireNonNull(after);
        entries = List.copyOf(entries);
        if (before.equals(after)) {
            throw new IllegalArgumentException("nothing changed");
        }
    }

    /** As people say it. */
    public String verb() {
        return before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
    }
}
