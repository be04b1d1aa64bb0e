package dev.parley.policy.sample;

import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyEndorsement;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A party with all of its secret keys. Its quorum: one approval as compliance, one as legal. */
public record SampleParty(
        PartyId id,
        SigningKey root,
        SigningKey compliance,
        SigningKey legal,
        SigningKey steward,
        SigningKey run,
        SigningKey broker,
        OpeningKey recipient) {

    public static SampleParty create(String id, SecureRandom random) {
        return new SampleParty(
                new PartyId(id),
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                OpeningKey.generate(random));
    }

    public Party party() {
        return new Party(
                id,
                "Party " + id,
                root.verificationKey(),
                URI.create("http://127.0.0.1:8700/" + id),
                List.of(
                        key(KeyUse.APPROVER, "compliance", Optional.of("compliance"), signs(compliance)),
                        key(KeyUse.APPROVER, "legal", Optional.of("legal"), signs(legal)),
                        key(KeyUse.STEWARD, "steward", Optional.empty(), signs(steward)),
                        key(KeyUse.RUN, "run", Optional.empty(), signs(run)),
                        key(KeyUse.BROKER, "broker", Optional.empty(), signs(broker)),
                        key(
                                KeyUse.RECIPIENT,
                                "recipient",
                                Optional.empty(),
                                new PartyKey.Key.Sealing(recipient.sealingKey()))),
                Map.of("compliance", 1, "legal", 1));
    }

    /** A key with its endorsement by this party's root key. */
    public PartyKey key(KeyUse use, String name, Optional<String> role, PartyKey.Key key) {
        Json.Obj jwk = key.jwk();
        return new PartyKey(use, name, role, key, new KeyEndorsement(id, use, jwk).sign(root));
    }

    private static PartyKey.Key signs(SigningKey key) {
        return new PartyKey.Key.Verification(key.verificationKey());
    }
}
