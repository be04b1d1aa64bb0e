package dev.parley.protocol.attestation.nitro;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.CoseSign1;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a platform signs: claims and the certificates that make them believable.
 *
 * @param certificate the DER of the leaf, whose key signs
 * @param cabundle the DER of its authorities, the root first
 */
public record AttestationDocument(Claims claims, Bytes certificate, List<Bytes> cabundle) {
    public AttestationDocument {
        cabundle = List.copyOf(cabundle);
    }

    /** The payload as modules write it since 2025: a map of indefinite length, keys in one fixed order. */
    public Bytes payload() {
        return map().encodeIndefinite();
    }

    /** The payload as modules wrote it before: the same map with definite length. */
    public Bytes definitePayload() {
        return map().encode();
    }

    /**
     * The finished evidence.
     *
     * @param signer gives r ‖ s, 96 bytes, of ECDSA P-384 with SHA-384 under the leaf's key
     */
    public Evidence sign(UnaryOperator<Bytes> signer) {
        return sign(payload(), signer);
    }

    /** As {@link #sign(UnaryOperator)}, for a payload that was encoded otherwise. */
    public static Evidence sign(Bytes payload, UnaryOperator<Bytes> signer) {
        return new CoseSign1(payload, signer.apply(CoseSign1.toBeSigned(payload))).encode();
    }

    private Cbor.Dict map() {
        return Cbor.map()
                .put("module_id", claims.moduleId())
                .put("digest", "SHA384")
                .put("timestamp", claims.timestamp().toEpochMilli())
                .put(claims.kind().pcrMap(), pcrs())
                .put("certificate", certificate)
                .put("cabundle", new Cbor.Arr(cabundle.stream().map(Cbor::of).toList()))
                .put("public_key", claims.publicKey())
                .put("user_data", claims.userData())
                .put("nonce", claims.nonce())
                .build();
    }

    private Cbor pcrs() {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        claims.pcrs().values().forEach((index, value) -> entries.put(Cbor.of(index), Cbor.of(value.bytes())));
        return new Cbor.Dict(entries);
    }
}
