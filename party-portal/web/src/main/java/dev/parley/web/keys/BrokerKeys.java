package dev.parley.web.keys;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.Seed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import java.util.Arrays;

/** The unlocked keys of one broker. */
public final class BrokerKeys implements AutoCloseable {
    public static final int NOISE_KEY_SIZE = 32;

    private final PartyId party;
    private final SigningKey signingKey;
    private final OpeningKey wrapKey;
    private final byte[] noiseKey;

    private BrokerKeys(PartyId party, SigningKey signingKey, OpeningKey wrapKey, byte[] noiseKey) {
        this.party = requireNonNull(party);
        this.signingKey = requireNonNull(signingKey);
        this.wrapKey = requireNonNull(wrapKey);
        this.noiseKey = noiseKey;
    }

    /** Takes the noise key, 32 bytes, into its possession. */
    public static BrokerKeys takeOwnershipOf(
            PartyId party, SigningKey signingKey, OpeningKey wrapKey, byte[] noiseKey) {
        if (noiseKey.length != NOISE_KEY_SIZE) {
            throw new IllegalArgumentException("a noise key has 32 bytes");
        }
        return new BrokerKeys(party, signingKey, wrapKey, noiseKey);
    }

    public PartyId party() {
        return party;
    }

    public SigningKey signingKey() {
        return signingKey;
    }

    /** What dataset keys are wrapped to. */
    public SealingKey wrapKey() {
        return wrapKey.sealingKey();
    }

    /** This broker's share of a query's noise; the caller closes it. */
    public Seed seed(QueryDigest query) {
        return Seed.derive(party, noiseKey, query);
    }

    /** The 32 bytes of a dataset key, the caller's to zero. */
    public byte[] unwrap(WrappedDatasetKey wrapped) throws Malformed {
        try (DatasetKey key = wrapped.unwrap(wrapKey)) {
            return key.useSecret(byte[]::clone);
        }
    }

    @Override
    public void close() {
        Arrays.fill(noiseKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "BrokerKeys[" + party + "]";
    }
}
