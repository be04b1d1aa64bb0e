package dev.parley.simulator.pki;

import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;

/** A certificate that may sign others, with its key. Not a record: it holds a secret. */
final class Authority {
    private final Issuing.Holder holder;
    private final Bytes certificate;
    private final Issuing.Validity validity;

    Authority(Issuing.Holder holder, Bytes certificate, Issuing.Validity validity) {
        this.holder = holder;
        this.certificate = certificate;
        this.validity = validity;
    }

    Bytes certificate() {
        return certificate;
    }

    Issuing.Holder issuer() {
        return holder;
    }

    /** Whether it is valid now, and still is after {@code distance}. */
    boolean lasts(Duration distance, Instant now) {
        return !now.isBefore(validity.from()) && !now.plus(distance).isAfter(validity.until());
    }
}
