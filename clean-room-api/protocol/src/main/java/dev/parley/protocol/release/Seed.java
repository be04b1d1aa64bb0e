package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One broker's share of the noise: a pseudo-random function of its noise key and the query digest, so that the same
 * query always has the same seed and no one without the key can tell it. Secret until released; zeroed on close.
 */
public final class Seed implements AutoCloseable {
    public static final int SIZE = 48;
    private static final String LABEL = "parley seed/1";
    private static final String COMMITMENT_KIND = "seed-commitment/1";
    /** The end of the seed's member, the last in canonical order, and of the object. */
    private static final String CLOSING = "\"}";

    private final PartyId party;
    private final byte[] value;

    private Seed(PartyId party, byte[] value) {
        this.party = requireNonNull(party);
        this.value = value;
    }

    /** HMAC-SHA-384(noise key, label ‖ 0x00 ‖ query digest). The key stays the caller's to zero. */
    public static Seed derive(PartyId party, byte[] noiseKey, QueryDigest query) {
        try {
            var mac = Mac.getInstance("HmacSHA384");
            mac.init(new SecretKeySpec(noiseKey, "HmacSHA384"));
            mac.update(Bytes.utf8(LABEL).asBuffer());
            mac.update((byte) 0);
            mac.update(query.digest().bytes().asBuffer());
            return new Seed(party, mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HMAC-SHA-384 is part of every JDK", e);
        }
    }

    /** Takes a released seed; the array now belongs to it. */
    static Seed takeOwnershipOf(PartyId party, byte[] value) throws Malformed {
        if (value.length != SIZE) {
            throw new Malformed("a seed has 48 bytes");
        }
        return new Seed(party, value);
    }

    public PartyId party() {
        return party;
    }

    /** A copy of the secret, the caller's to zero. */
    public byte[] exportSecret() {
        return value.clone();
    }

    /**
     * Binds the broker to this seed for this query before any seed is shown: SHA-384 of the canonical JSON of kind,
     * party, query and seed. The JSON is put together as bytes that can be zeroed, since no text can.
     */
    public Sha384Digest commitment(QueryDigest query) {
        var open = Json.object()
                .put("parley", COMMITMENT_KIND)
                .put("party", party.value())
                .put("query", query.hex())
                .put("seed", "")
                .build()
                .canonical();
        var encoded = Base64.getUrlEncoder().withoutPadding().encode(value);
        var end = open.size() - CLOSING.length();
        var json = ByteBuffer.allocate(open.size() + encoded.length)
                .put(open.asBuffer().limit(end))
                .put(encoded)
                .put(Bytes.utf8(CLOSING).asBuffer());
        try {
            var hash = MessageDigest.getInstance("SHA-384");
            var digest = hash.digest(json.array());
            // It keeps its last block until then.
            hash.reset();
            return new Sha384Digest(Bytes.takeOwnershipOf(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-384 is part of every JDK", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(json.array(), (byte) 0);
        }
    }

    /** In constant time. */
    public boolean matches(Sha384Digest commitment, QueryDigest query) {
        return MessageDigest.isEqual(
                commitment.bytes().toArray(), commitment(query).bytes().toArray());
    }

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "Seed[" + party + "]";
    }
}
