package dev.parley.simulator.securitymodule;

import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Thirty-two registers: 0 to 15 are the platform's, locked from the start; 16 to 31 the enclave's. */
final class PcrBank {
    private static final int FIRST_OWN = 16;

    private final Sha384Digest[] values = new Sha384Digest[Pcrs.COUNT];
    private final boolean[] locked = new boolean[Pcrs.COUNT];

    PcrBank(PlatformRegisters platform) {
        Arrays.fill(values, Pcrs.zero());
        Arrays.fill(locked, 0, FIRST_OWN, true);
        values[0] = platform.measurement().pcr0();
        values[1] = platform.measurement().pcr1();
        values[2] = platform.measurement().pcr2();
        values[3] = platform.pcr3();
        values[4] = platform.pcr4();
        values[8] = platform.pcr8();
    }

    Sha384Digest value(int index) throws NsmRefusal {
        requireIndex(index);
        return values[index];
    }

    boolean locked(int index) throws NsmRefusal {
        requireIndex(index);
        return locked[index];
    }

    Sha384Digest extend(int index, Bytes data) throws NsmRefusal {
        requireOpen(index);
        if (data.size() == 0) {
            throw new NsmRefusal(NsmError.INVALID_ARGUMENT);
        }
        values[index] = Pcrs.extend(values[index], data);
        return values[index];
    }

    void lock(int index) throws NsmRefusal {
        requireOpen(index);
        locked[index] = true;
    }

    /** Locks every register below {@code range}, whether it was locked before or not. */
    void lockBelow(int range) throws NsmRefusal {
        if (range > Pcrs.COUNT) {
            throw new NsmRefusal(NsmError.INVALID_INDEX);
        }
        Arrays.fill(locked, 0, range, true);
    }

    /** What evidence speaks of. */
    Pcrs lockedValues() {
        Map<Integer, Sha384Digest> all = new TreeMap<>();
        for (int index = 0; index < values.length; index++) {
            if (locked[index]) {
                all.put(index, values[index]);
            }
        }
        return Pcrs.of(all);
    }

    private void requireOpen(int index) throws NsmRefusal {
        if (locked(index)) {
            throw new NsmRefusal(NsmError.READ_ONLY_INDEX);
        }
    }

    private static void requireIndex(int index) throws NsmRefusal {
        if (index < 0 || index >= Pcrs.COUNT) {
            throw new NsmRefusal(NsmError.INVALID_INDEX);
        }
    }
}
