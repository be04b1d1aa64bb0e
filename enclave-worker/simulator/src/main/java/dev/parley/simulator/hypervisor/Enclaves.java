package dev.parley.simulator.hypervisor;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All enclaves of a platform, from their preparation until nothing of them is left. Thread-safe. */
final class Enclaves {
    private final EnclaveUsers users = new EnclaveUsers();
    private final Map<String, Living> living = new TreeMap<>();

    private record Living(Enclave enclave, int user) {}

    Enclave prepare(Platform platform, boolean debug) throws IOException, ControlRefusal {
        var user = users.take();
        try {
            var enclave = Enclave.prepare(platform, user, debug);
            synchronized (living) {
                living.put(enclave.enclaveId(), new Living(enclave, user));
            }
            return enclave;
        } catch (IOException e) {
            users.giveBack(user);
            throw e;
        }
    }

    /** Ends an enclave. Its user is nobody else's before its last process is gone: where that fails, never. */
    void end(Enclave enclave) throws IOException {
        enclave.close();
        synchronized (living) {
            var gone = living.remove(enclave.enclaveId());
            if (gone != null) {
                users.giveBack(gone.user());
            }
        }
    }

    List<Enclave.Description> describe() {
        synchronized (living) {
            return living.values().stream()
                    .map(each -> each.enclave().description())
                    .toList();
        }
    }
}
