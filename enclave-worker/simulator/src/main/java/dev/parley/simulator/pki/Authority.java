package dev.parley.simulator.pki;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;

/** A certificate that may sign others, with its key. Not a record: it holds a secret. */
final class Authority {
    private final X500Name name;
    private final SigningKey key;
    private final Bytes certificate;
    private final Instant until;

    Authority(X500Name name, SigningKey key, Bytes certificate, Instant until) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
        this.until = until;
    }

    Bytes certificate() {
        return certificate;
    }

    Issuing.Issuer issuer() {
        return new Issuing.Issuer(name, key);
    }

    boolean endsWithin(Duration distance, Instant now) {
        return now.plus(distance).isAfter(until);
    }
}
