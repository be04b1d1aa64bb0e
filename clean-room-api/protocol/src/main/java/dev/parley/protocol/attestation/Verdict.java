package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What a verifier concluded about evidence. */
public sealed interface Verdict<T extends Attested> {
    record Trusted<T extends Attested>(T enclave) implements Verdict<T> {
        public Trusted {
            requireNonNull(enclave);
        }
    }

    record Rejected<T extends Attested>(Reason reason) implements Verdict<T> {
        public Rejected {
            requireNonNull(reason);
        }
    }

    /** For callers who act on trust alone. */
    default Optional<T> trusted() {
        return this instanceof Trusted<T>(var enclave) ? Optional.of(enclave) : Optional.empty();
    }

    /** For callers who report refusals alone. */
    default Optional<Reason> refusal() {
        return this instanceof Rejected<T>(var reason) ? Optional.of(reason) : Optional.empty();
    }
}
