package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/**
 * A party's word that a key is its own and what it may be used for, signed by the party's root key or, for a successor,
 * by the key that it follows. Specified in {@code docs/spec/policy-bundle.md}.
 *
 * @param key the public JWK: exactly its required members
 */
public record KeyEndorsement(PartyId party, KeyUse use, Json.Obj key) {
    public static final String TYPE = "parley-key-endorsement+jws";
    private static final String KIND = "key-endorsement/1";

    public KeyEndorsement {
        requireNonNull(party);
        requireNonNull(use);
        requireNonNull(key);
    }

    public static KeyEndorsement read(Jws signed, VerificationKey endorser) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, endorser).fields();
        fields.require("parley", KIND);
        var endorsement = new KeyEndorsement(
                fields.text("party", PartyId::parse),
                fields.text("use", KeyUse::parse),
                fields.value("key").asObject());
        fields.end();
        return endorsement;
    }

    public Jws sign(SigningKey endorser) {
        var payload = Json.object()
                .put("parley", KIND)
                .put("party", party.value())
                .put("use", use.text())
                .put("key", key)
                .build();
        return Jws.sign(TYPE, payload, endorser);
    }
}
