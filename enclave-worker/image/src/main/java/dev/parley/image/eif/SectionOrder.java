package dev.parley.image.eif;

import java.util.List;
import java.util.Optional;

/** Which sections an image must have, in which order. */
final class SectionOrder {
    private static final int MAX_SIGNATURE = 32_768;

    private SectionOrder() {}

    /** What is wrong, as a sentence without values, or nothing. */
    static Optional<String> wrong(List<Section> sections) {
        if (sections.size() > EnclaveImage.MAX_SECTIONS) {
            return Optional.of("image has more than 32 sections");
        }
        for (var type : List.of(SectionType.KERNEL, SectionType.CMDLINE, SectionType.METADATA)) {
            if (count(sections, type) != 1) {
                return Optional.of("image must have exactly one " + type + " section");
            }
        }
        if (count(sections, SectionType.RAMDISK) == 0) {
            return Optional.of("image must have a RAMDISK section");
        }
        if (count(sections, SectionType.SIGNATURE) > 1) {
            return Optional.of("image has more than one SIGNATURE section");
        }
        return wrongContent(sections);
    }

    private static Optional<String> wrongContent(List<Section> sections) {
        var kernelSeen = false;
        for (var section : sections) {
            switch (section.type()) {
                case KERNEL -> kernelSeen = true;
                case RAMDISK -> {
                    if (!kernelSeen) {
                        return Optional.of("image has a RAMDISK before its KERNEL");
                    }
                }
                case CMDLINE -> {
                    if (hasZero(section)) {
                        return Optional.of("image has a zero byte in its CMDLINE");
                    }
                }
                case SIGNATURE -> {
                    if (section.data().size() > MAX_SIGNATURE) {
                        return Optional.of("image has a SIGNATURE of more than 32768 bytes");
                    }
                }
                case METADATA -> {}
            }
        }
        return Optional.empty();
    }

    private static long count(List<Section> sections, SectionType type) {
        return sections.stream().filter(section -> section.type() == type).count();
    }

    private static boolean hasZero(Section section) {
        var bytes = section.data().asBuffer();
        while (bytes.hasRemaining()) {
            if (bytes.get() == 0) {
                return true;
            }
        }
        return false;
    }
}
