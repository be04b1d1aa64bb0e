package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;

/**
 * A broker's answer in the second phase: its secrets, sealed to the attested key and signed. Specified in
 * {@code docs/spec/key-release.md} §8.
 *
 * @param grants the digest of the grants that it answers
 * @param sealed HPKE of the secrets, bound to party, run and grants
 */
public record Release(PartyId party, Grant.Run run, Sha384Digest grants, Bytes sealed) {
    public static final String TYPE = "parley-release+jws";
    private static final String KIND = "release/1";

    public Release {
        requireNonNull(party);
        requireNonNull(run);
        requireNonNull(grants);
        requireNonNull(sealed);
    }

    /** Seals {@code secrets}, which stay the caller's to close, to the key that all grants name. */
    public static Release seal(PartyId party, Grants grants, ReleaseSecrets secrets) {
        var digest = grants.digest();
        SealingKey key = grants.enclaveKey();
        return new Release(party, grants.run(), digest, secrets.sealTo(key, info(party, grants.run(), digest)));
    }

    public static Release read(Jws signed, VerificationKey broker) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, broker).fields();
        fields.require("parley", KIND);
        var release = new Release(
                fields.text("party", PartyId::parse),
                new Grant.Run(
                        fields.text("runRequest", Sha384Digest::parse),
                        fields.text("query", QueryDigest::parse),
                        fields.text("policy", PolicyDigest::parse)),
                fields.text("grants", Sha384Digest::parse),
                fields.bytes("sealed"));
        fields.end();
        return release;
    }

    public Jws sign(SigningKey broker) {
        var payload = Json.object()
                .put("parley", KIND)
                .put("party", party.value())
                .put("runRequest", run.runRequest().hex())
                .put("query", run.query().hex())
                .put("policy", run.policy().hex())
                .put("grants", grants.hex())
                .put("sealed", sealed)
                .build();
        return Jws.sign(TYPE, payload, broker);
    }

    /**
     * Opens the secrets and checks the seed against the party's grant.
     *
     * @throws Malformed if this release does not answer {@code grants}, does not open, or its seed is not the one that
     *     the broker committed to
     */
    public ReleaseSecrets open(OpeningKey enclaveKey, Grants grants) throws Malformed {
        var grant = grants.of(party).orElseThrow(() -> new Malformed("release of a party that did not grant"));
        if (!run.equals(grants.run()) || !this.grants.equals(grants.digest())) {
            throw new Malformed("release does not answer these grants");
        }
        var secrets = ReleaseSecrets.open(party, enclaveKey, info(party, run, this.grants), sealed);
        if (!secrets.seed().matches(grant.seedCommitment(), run.query())) {
            secrets.close();
            throw new Malformed("released seed is not the one committed to");
        }
        return secrets;
    }

    private static Bytes info(PartyId party, Grant.Run run, Sha384Digest grants) {
        return Json.object()
                .put("parley", "release-secrets/1")
                .put("party", party.value())
                .put("runRequest", run.runRequest().hex())
                .put("query", run.query().hex())
                .put("grants", grants.hex())
                .build()
                .canonical();
    }
}
