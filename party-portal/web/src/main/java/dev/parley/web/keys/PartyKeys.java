package dev.parley.web.keys;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.VerificationKey;
import java.util.Optional;

/**
 * What a party's key store gave its portal.
 *
 * @param broker the unlocked keys
 * @param root the party's own root key: a bundle that names another is not about this party
 * @param steward the key under which manifests are believed until a bundle names one
 */
public record PartyKeys(BrokerKeys broker, VerificationKey root, Optional<VerificationKey> steward) {
    public PartyKeys {
        requireNonNull(broker);
        requireNonNull(root);
        requireNonNull(steward);
    }
}
