package dev.parley.simulator.hypervisor;

import dev.parley.simulator.sandbox.Sandboxes;
import java.util.BitSet;

/** A numeric user for each enclave that runs, never shared by two at a time: they cannot signal or read one another. */
final class EnclaveUsers {
    private static final int MOST = 1000;

    private final BitSet taken = new BitSet(MOST);
    private int last;

    /** The next free one, going round. */
    synchronized int take() throws ControlRefusal {
        for (int tried = 0; tried < MOST; tried++) {
            last = (last + 1) % MOST;
            if (!taken.get(last)) {
                taken.set(last);
                // The first user is the trial's.
                return Sandboxes.FIRST_USER + 1 + last;
            }
        }
        throw new ControlRefusal(ControlReply.Code.PLATFORM_FULL);
    }

    synchronized void giveBack(int user) {
        taken.clear(user - Sandboxes.FIRST_USER - 1);
    }
}
