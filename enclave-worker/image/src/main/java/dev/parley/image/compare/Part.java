package dev.parley.image.compare;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.TreeSet;

/**
 * A part of an image as people call it, and the registers that cover it ({@code docs/spec/enclave-image.md} §2).
 *
 * @param registers empty for what is not measured
 */
public record Part(String name, Set<Integer> registers) {
    static final Part ARCHITECTURE = new Part("architecture", Set.of());
    static final Part BOOT_SCRIPT = new Part("boot script", Set.of(0, 1));
    static final Part COMMAND_LINE = new Part("command line", Set.of(0, 1));
    static final Part METADATA = new Part("metadata", Set.of());
    static final Part SIGNATURE = new Part("signature", Set.of(8));
    static final Part ORDER = new Part("order of sections", Set.of(0, 1, 2));

    public Part {
        requireNonNull(name);
        registers = Set.copyOf(new TreeSet<>(registers));
    }

    /** The first ramdisk counts into PCR1, every other into PCR2. */
    static Part ramdisk(int index) {
        return new Part("ramdisk " + (index + 1), Set.of(0, index == 0 ? 1 : 2));
    }
}
