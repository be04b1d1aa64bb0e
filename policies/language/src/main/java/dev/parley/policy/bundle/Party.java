package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyEndorsement;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.net.URI;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A member of a room. Every key's endorsement was verified when the party was made.
 *
 * @param rootKey endorses the others; people compare its thumbprint out of band before they approve
 * @param broker where the party's key broker answers
 * @param quorum how many distinct approver keys of each role must sign; at least one role
 */
public record Party(
        PartyId id,
        String name,
        VerificationKey rootKey,
        URI broker,
        List<PartyKey> keys,
        Map<String, Integer> quorum) {

    public Party {
        requireNonNull(id);
        requireNonNull(rootKey);
        Form.line("the name of a party", name, 100);
        Form.require(
                broker.isAbsolute()
                        && ("https".equals(broker.getScheme()) || "http".equals(broker.getScheme()))
                        && broker.getHost() != null
                        && broker.getUserInfo() == null
                        && broker.getQuery() == null
                        && broker.getFragment() == null,
                "the broker of " + id + " needs an absolute http address");
        keys = keys.stream()
                .sorted(Comparator.comparing(PartyKey::use).thenComparing(PartyKey::id))
                .toList();
        quorum = Collections.unmodifiableMap(new TreeMap<>(quorum));
        Form.distinct("a key id of " + id, keys, PartyKey::id);
        // One key, one use, one role: so that one person cannot count as two.
        Form.distinct("a key of " + id, keys, PartyKey::thumbprint);
        for (var key : keys) {
            Form.require(
                    !key.thumbprint().equals(rootKey.thumbprint()), "the root key of " + id + " does nothing else");
            checkEndorsement(id, rootKey, key);
        }
        checkQuorum(id, keys, quorum);
    }

    private static void checkEndorsement(PartyId id, VerificationKey rootKey, PartyKey key) {
        try {
            var endorsed = KeyEndorsement.read(key.endorsement(), rootKey);
            Form.require(
                    endorsed.equals(new KeyEndorsement(id, key.use(), key.key().jwk())),
                    "the endorsement of key " + key.id() + " is for another party, use or key");
        } catch (BadSignature | Malformed e) {
            throw new IllegalArgumentException("key " + key.id() + " is not endorsed by the root key of " + id, e);
        }
    }

    private static void checkQuorum(PartyId id, List<PartyKey> keys, Map<String, Integer> quorum) {
        Form.require(!quorum.isEmpty(), "party " + id + " needs a quorum");
        quorum.forEach((role, needed) -> {
            Form.name("a role", role);
            var held = keys.stream()
                    .filter(k -> k.role().equals(Optional.of(role)))
                    .count();
            Form.require(needed >= 1, "a quorum of " + id + " needs at least one approval");
            Form.require(held >= needed, "party " + id + " has fewer approver keys than its quorum needs: " + role);
        });
        for (var key : keys) {
            Form.require(
                    key.role().map(quorum::containsKey).orElse(true),
                    "approver key " + key.id() + " of " + id + " has a role without quorum");
        }
    }

    public List<PartyKey> keys(KeyUse use) {
        return keys.stream().filter(key -> key.use() == use).toList();
    }

    public Optional<PartyKey> key(KeyUse use, Thumbprint thumbprint) {
        return keys(use).stream().filter(k -> k.thumbprint().equals(thumbprint)).findFirst();
    }

    static Party read(Fields fields) throws Malformed {
        var jwk = fields.object("rootKey");
        var rootKey = VerificationKey.read(jwk);
        jwk.end();
        return new Party(
                fields.text("id", PartyId::parse),
                fields.string("name"),
                rootKey,
                fields.text("broker", URI::create),
                fields.objects("keys", PartyKey::read),
                quorum(fields.object("quorum")));
    }

    private static Map<String, Integer> quorum(Fields fields) throws Malformed {
        var quorum = new TreeMap<String, Integer>();
        for (var role : fields.names()) {
            quorum.put(role, (int) fields.integer(role, 1, 100));
        }
        return quorum;
    }

    Json.Obj json() {
        var roles = Json.object();
        quorum.forEach((role, needed) -> roles.put(role, (long) needed));
        return Json.object()
                .put("id", id.value())
                .put("name", name)
                .put("rootKey", rootKey.jwk())
                .put("broker", broker.toString())
                .put("keys", Json.array(keys, PartyKey::json))
                .put("quorum", roles.build())
                .build();
    }
}
