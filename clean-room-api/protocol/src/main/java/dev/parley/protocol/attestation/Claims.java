package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a document says, apart from its certificates. Anyone can construct claims: they are worth something only inside
 * something {@link Attested}.
 *
 * @param timestamp whole milliseconds, by the clock of the platform
 * @param publicKey, userData, nonce what the enclave put in: at most 1024 bytes, absent and empty are different
 */
public record Claims(
        EvidenceKind kind,
        String moduleId,
        Instant timestamp,
        Pcrs pcrs,
        Optional<Bytes> publicKey,
        Optional<Bytes> userData,
        Optional<Bytes> nonce) {
    public static final int MAX_OPTIONAL_SIZE = 1024;

    public Claims {
        requireNonNull(pcrs);
        if (!kind.isModuleId(moduleId)) {
            throw new IllegalArgumentException("module id has another form than this kind of document");
        }
        if (timestamp.toEpochMilli() < 1
                || !Instant.ofEpochMilli(timestamp.toEpochMilli()).equals(timestamp)) {
            throw new IllegalArgumentException("timestamp must be whole milliseconds after 1970");
        }
        if (Stream.of(publicKey, userData, nonce)
                .flatMap(Optional::stream)
                .anyMatch(octets -> octets.size() > MAX_OPTIONAL_SIZE)) {
            throw new IllegalArgumentException("public key, user data and nonce have at most 1024 bytes");
        }
    }

    /** The parent instance that the module id names. */
    public String instance() {
        return kind.instanceOf(moduleId);
    }

    /**
     * Whether PCR4 is the register of that instance, as on the platforms of AWS and of this project (spec §4). Empty for
     * a NitroTPM, whose PCR4 is of the boot manager.
     */
    public Optional<Boolean> namesItsInstance() {
        return kind == EvidenceKind.ENCLAVE
                ? Optional.of(pcrs.at(4).equals(Optional.of(Pcrs.extend(Pcrs.zero(), Bytes.utf8(instance())))))
                : Optional.empty();
    }
}
