package dev.parley.protocol.cbor;

/** The first bytes of RFC 8949 §3 that this package knows. */
final class Major {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int OCTETS = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int SIMPLE = 7;

    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NULL = 0xf6;
    static final int INDEFINITE_MAP = 0xbf;
    static final int BREAK = 0xff;

    private Major() {}
}
