package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyUse;
import java.util.Optional;

/**
 * A public key of a party, endorsed by its root key for one use.
 *
 * @param id the name that people give it, such as {@code compliance-alice}
 * @param role for approvers, and only for them: in which role the holder approves
 * @param endorsement the root key's signature; {@link Party} verifies it
 */
public record PartyKey(KeyUse use, String id, Optional<String> role, Key key, Jws endorsement) {
    public PartyKey {
        requireNonNull(use);
        requireNonNull(key);
        requireNonNull(endorsement);
        Form.name("a key id", id);
        role.ifPresent(name -> Form.name("a role", name));
        Form.require(role.isPresent() == (use == KeyUse.APPROVER), "approver keys, and only they, have a role");
        Form.require(
                key instanceof Key.Sealing == (use == KeyUse.RECIPIENT),
                "recipient keys are P-256 keys that open, all others P-384 keys that sign");
    }

    /** Keys that sign and keys that open are different things. */
    public sealed interface Key {
        record Verification(VerificationKey key) implements Key {
            public Verification {
                requireNonNull(key);
            }
        }

        record Sealing(SealingKey key) implements Key {
            public Sealing {
                requireNonNull(key);
            }
        }

        default Json.Obj jwk() {
            return switch (this) {
                case Verification(var key) -> key.jwk();
                case Sealing(var key) -> key.jwk();
            };
        }

        default Thumbprint thumbprint() {
            return switch (this) {
                case Verification(var key) -> key.thumbprint();
                case Sealing(var key) -> key.thumbprint();
            };
        }
    }

    /** The signing key of every use but {@link KeyUse#RECIPIENT}, which is a mistake of the caller. */
    public VerificationKey verificationKey() {
        if (key instanceof Key.Verification(var signs)) {
            return signs;
        }
        throw new IllegalStateException("a recipient key signs nothing");
    }

    /** The key to seal to, of {@link KeyUse#RECIPIENT}; of any other use it is a mistake of the caller. */
    public SealingKey sealingKey() {
        if (key instanceof Key.Sealing(var opens)) {
            return opens;
        }
        throw new IllegalStateException("only a recipient key opens");
    }

    public Thumbprint thumbprint() {
        return key.thumbprint();
    }

    static PartyKey read(Fields fields) throws Malformed {
        var use = fields.text("use", KeyUse::parse);
        var jwk = fields.object("key");
        Key key = use == KeyUse.RECIPIENT
                ? new Key.Sealing(SealingKey.read(jwk))
                : new Key.Verification(VerificationKey.read(jwk));
        jwk.end();
        return new PartyKey(
                use,
                fields.string("id"),
                fields.optionalText("role", text -> text),
                key,
                fields.text("endorsement", Jws::parse));
    }

    Json.Obj json() {
        return Json.object()
                .put("use", use.text())
                .put("id", id)
                .put("role", role.orElse(null))
                .put("key", key.jwk())
                .put("endorsement", endorsement.compact())
                .build();
    }
}
