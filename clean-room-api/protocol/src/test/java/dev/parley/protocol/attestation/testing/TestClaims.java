package dev.parley.protocol.attestation.testing;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what an enclave in production mode says; everything not named has a plausible value. */
public final class TestClaims {
    public static final String MODULE = "i-0123456789abcdef0-enc0192aabbccddeeff";

    private final Instant timestamp;
    private final Map<Integer, Sha384Digest> pcrs = new TreeMap<>();
    private Optional<Bytes> publicKey = Optional.empty();
    private Optional<Bytes> userData = Optional.empty();
    private Optional<Bytes> nonce = Optional.empty();

    private TestClaims(Instant timestamp) {
        this.timestamp = timestamp.truncatedTo(ChronoUnit.MILLIS);
        for (var index = 0; index < 16; index++) {
            pcrs.put(index, Pcrs.zero());
        }
        measurement(measurement("image"));
        pcrs.put(4, Pcrs.extend(Pcrs.zero(), Bytes.utf8(EvidenceKind.ENCLAVE.instanceOf(MODULE))));
    }

    public static TestClaims at(Instant timestamp) {
        return new TestClaims(timestamp);
    }

    /** The measurement of an image that exists in name alone. */
    public static Measurement measurement(String image) {
        return new Measurement(
                Sha384Digest.of(Bytes.utf8(image + " 0")),
                Sha384Digest.of(Bytes.utf8(image + " 1")),
                Sha384Digest.of(Bytes.utf8(image + " 2")));
    }

    public TestClaims measurement(Measurement measurement) {
        return pcr(0, measurement.pcr0()).pcr(1, measurement.pcr1()).pcr(2, measurement.pcr2());
    }

    public TestClaims debug() {
        return measurement(new Measurement(Pcrs.zero(), Pcrs.zero(), Pcrs.zero()));
    }

    public TestClaims pcr(int index, Sha384Digest value) {
        pcrs.put(index, value);
        return this;
    }

    /** As of a register that was not locked. */
    public TestClaims withoutPcr(int index) {
        pcrs.remove(index);
        return this;
    }

    public TestClaims publicKey(Bytes key) {
        publicKey = Optional.of(key);
        return this;
    }

    public TestClaims userData(Bytes data) {
        userData = Optional.of(data);
        return this;
    }

    public TestClaims nonce(Bytes expected) {
        nonce = Optional.of(expected);
        return this;
    }

    public Claims build() {
        return build(EvidenceKind.ENCLAVE, MODULE);
    }

    /** Of another kind of document, with the module id that belongs to it. */
    public Claims build(EvidenceKind kind, String moduleId) {
        return new Claims(kind, moduleId, timestamp, Pcrs.of(pcrs), publicKey, userData, nonce);
    }
}
