package dev.parley.protocol.attestation;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The locked platform configuration registers of a document, ascending. PCR0 to PCR4 are always there (spec §4). */
public record Pcrs(SortedMap<Integer, Sha384Digest> values) {
    public static final int COUNT = 32;
    private static final Sha384Digest ZERO = new Sha384Digest(Bytes.takeOwnershipOf(new byte[Sha384Digest.SIZE]));

    public Pcrs {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        for (var index = 0; index <= 4; index++) {
            if (!values.containsKey(index)) {
                throw new IllegalArgumentException("PCR0 to PCR4 must be there");
            }
        }
        if (values.firstKey() < 0 || values.lastKey() >= COUNT) {
            throw new IllegalArgumentException("PCR index must be 0 to 31");
        }
    }

    public static Pcrs of(Map<Integer, Sha384Digest> values) {
        return new Pcrs(new TreeMap<>(values));
    }

    /** Empty if the register was not locked when the document was made. */
    public Optional<Sha384Digest> at(int index) {
        return Optional.ofNullable(values.get(index));
    }

    public Measurement measurement() {
        return new Measurement(at(0).orElseThrow(), at(1).orElseThrow(), at(2).orElseThrow());
    }

    /** The value of a register at start. */
    public static Sha384Digest zero() {
        return ZERO;
    }

    /** The value after extending a register by {@code data}, which goes in raw (spec §4). */
    public static Sha384Digest extend(Sha384Digest register, Bytes data) {
        var joined = new byte[Sha384Digest.SIZE + data.size()];
        register.bytes().asBuffer().get(joined, 0, Sha384Digest.SIZE);
        data.asBuffer().get(joined, Sha384Digest.SIZE, data.size());
        return Sha384Digest.of(Bytes.takeOwnershipOf(joined));
    }

    static boolean isZero(Sha384Digest register) {
        return register.equals(ZERO);
    }
}
