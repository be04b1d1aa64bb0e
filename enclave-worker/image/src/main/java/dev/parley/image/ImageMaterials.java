package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.image.Measurements.Input;
import dev.parley.protocol.crypto.Sha384Digest;
import java.util.List;

/** What went into one image, for its bill of materials. */
record ImageMaterials(List<Input> jars, List<Input> libraries, String jdk, Sha384Digest pcr0) {
    ImageMaterials {
        jars = List.copyOf(jars);
        libraries = List.copyOf(libraries);
        requireNonNull(jdk);
        requireNonNull(pcr0);
    }
}
