package dev.parley.image.eif;

import java.util.Locale;
import java.util.Optional;

/** The processors that an image can be for; bit 0 of the header's flags. */
public enum Architecture {
    X86_64(0, "amd64"),
    AARCH64(1, "arm64");

    private final int flags;
    private final String label;

    Architecture(int flags, String label) {
        this.flags = flags;
        this.label = label;
    }

    int flags() {
        return flags;
    }

    /** As native libraries are named: {@code amd64} or {@code arm64}. */
    public String label() {
        return label;
    }

    /** The architecture that Java's {@code os.arch} names. */
    public static Optional<Architecture> named(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64", "arm64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
