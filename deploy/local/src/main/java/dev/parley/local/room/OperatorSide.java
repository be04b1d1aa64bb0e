package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

/** What the operator runs: the API, the platform that it rents, and the host that launches enclaves on it. */
public record OperatorSide(Domain domain, Api api, SimulatedNitro nitro, EnclaveHost host) {
    public OperatorSide {
        requireNonNull(domain);
        requireNonNull(api);
        requireNonNull(nitro);
        requireNonNull(host);
    }
}
