package dev.parley.image.eif;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;

/** One section of an image, without its header. */
public record Section(SectionType type, Bytes data) {
    public Section {
        requireNonNull(type);
        requireNonNull(data);
    }
}
