package dev.parley.protocol.release;

import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two brokers and one enclave in the middle of a release. */
public final class ReleaseScene {
    public static final PartyId RETAILER = new PartyId("retailer");
    public static final PartyId PUBLISHER = new PartyId("publisher");
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    public final OpeningKey enclave = OpeningKey.generate(new SecureRandom());
    public final PolicyDigest policy = new PolicyDigest(Sha384Digest.of(Bytes.utf8("policy")));
    public final RunRequest.Query query = new RunRequest.Query(
            new TemplateId("reach"),
            Json.object().put("parley", "plan/2").build(),
            Json.object().build(),
            List.of(version("customers"), version("exposures")));
    public final QueryDigest queryDigest = new QueryIdentity(query, TestClaims.measurement("image"), policy).digest();
    public final Grant.Run run = new Grant.Run(Sha384Digest.of(Bytes.utf8("request")), queryDigest, policy);
    private final Map<PartyId, SigningKey> brokers = Map.of(
            RETAILER, SigningKey.generate(new SecureRandom()), PUBLISHER, SigningKey.generate(new SecureRandom()));

    private static DatasetVersion version(String dataset) {
        return new DatasetVersion(new DatasetId(dataset), 1, Sha384Digest.of(Bytes.utf8(dataset)));
    }

    public SigningKey broker(PartyId party) {
        return java.util.Objects.requireNonNull(brokers.get(party));
    }

    public Map<PartyId, VerificationKey> brokerKeys() {
        Map<PartyId, VerificationKey> keys = new HashMap<>();
        brokers.forEach((party, key) -> keys.put(party, key.verificationKey()));
        return keys;
    }

    public Seed seed(PartyId party) {
        return Seed.derive(party, party.value().getBytes(java.nio.charset.StandardCharsets.UTF_8), queryDigest);
    }

    public Grant grant(PartyId party) {
        return new Grant(
                party,
                run,
                enclave.sealingKey(),
                seed(party).commitment(queryDigest),
                new Grant.Charge(500_000, List.of(new LineageId(party + "-people"))),
                NOW.plusSeconds(300));
    }

    public List<Jws> grants() {
        return List.of(grant(RETAILER).sign(broker(RETAILER)), grant(PUBLISHER).sign(broker(PUBLISHER)));
    }

    public ReleaseSecrets secrets(PartyId party) {
        var key = new byte[32];
        java.util.Arrays.fill(key, (byte) 7);
        return ReleaseSecrets.takeOwnershipOf(seed(party), new HashMap<>(Map.of(new DatasetId("customers"), key)));
    }
}
