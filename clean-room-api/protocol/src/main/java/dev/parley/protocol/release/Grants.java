package dev.parley.protocol.release;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The grants of all brokers concerned, verified to belong together: one from each expected party, all for the same run
 * and the same attested key. Brokers check them before they commit, the enclave before it opens anything, clients in the
 * receipt.
 */
public final class Grants {
    private static final String KIND = "grants/1";

    private final Map<PartyId, Grant> byParty;

    private Grants(Map<PartyId, Grant> byParty) {
        this.byParty = byParty;
    }

    /**
     * Checks every signature and that the grants belong together.
     *
     * @param brokers the broker key of each party whose data is used: exactly these must have granted
     * @throws BadSignature if one is not signed by its party's broker
     * @throws Malformed if they are not one of each party, or not of one run and one enclave
     */
    public static Grants verify(List<Jws> signed, Map<PartyId, VerificationKey> brokers)
            throws BadSignature, Malformed {
        Map<PartyId, Grant> byParty = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (var jws : signed) {
            var grant = readFromAnyOf(jws, brokers);
            if (byParty.put(grant.party(), grant) != null) {
                throw new Malformed("two grants of one party");
            }
        }
        if (!byParty.keySet().equals(brokers.keySet()) || byParty.isEmpty()) {
            throw new Malformed("grants are not those of the parties whose data is used");
        }
        var grants = new Grants(byParty);
        for (var grant : byParty.values()) {
            if (!grant.run().equals(grants.run()) || !grant.enclaveKey().equals(grants.enclaveKey())) {
                throw new Malformed("grants of different runs or enclaves");
            }
        }
        return grants;
    }

    private static Grant readFromAnyOf(Jws jws, Map<PartyId, VerificationKey> brokers) throws BadSignature, Malformed {
        for (var broker : brokers.entrySet()) {
            if (broker.getValue().thumbprint().equals(jws.signer())) {
                var grant = Grant.read(jws, broker.getValue());
                if (grant.party().equals(broker.getKey())) {
                    return grant;
                }
            }
        }
        throw new BadSignature("a grant is not signed by its party's broker");
    }

    public Grant.Run run() {
        return byParty.values().iterator().next().run();
    }

    public SealingKey enclaveKey() {
        return byParty.values().iterator().next().enclaveKey();
    }

    public Optional<Grant> of(PartyId party) {
        return Optional.ofNullable(byParty.get(party));
    }

    /** Sorted by party. */
    public List<Grant> all() {
        return List.copyOf(byParty.values());
    }

    /** Names exactly these promises: what a release answers. */
    public Sha384Digest digest() {
        return Sha384Digest.of(Json.object()
                .put("parley", KIND)
                .put("grants", Json.array(all(), Grant::json))
                .build());
    }

    /** Names the run's noise: a query is charged once per query digest and this. */
    public Sha384Digest seedCommitments() {
        List<Json> commitments = new ArrayList<>();
        for (var grant : all()) {
            commitments.add(Json.object()
                    .put("party", grant.party().value())
                    .put("seedCommitment", grant.seedCommitment().hex())
                    .build());
        }
        return Sha384Digest.of(Json.object()
                .put("parley", "seed-commitments/1")
                .put("commitments", new Json.Arr(commitments))
                .build());
    }
}
