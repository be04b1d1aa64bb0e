package dev.parley.image.eif;

import dev.parley.protocol.encoding.Malformed;

/** The five kinds of sections that EIF version 4 knows. */
public enum SectionType {
    KERNEL(1),
    CMDLINE(2),
    RAMDISK(3),
    SIGNATURE(4),
    METADATA(5);

    private final int code;

    SectionType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static SectionType of(int code) throws Malformed {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new Malformed("image has a section of unknown type");
    }
}
