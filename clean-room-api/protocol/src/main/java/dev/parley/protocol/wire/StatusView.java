package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * What a party's portal says of itself.
 *
 * @param trustDomain the domain whose evidence its broker verifies
 * @param rootThumbprint of the party's root key, to be compared out of band
 * @param brokerKey the public JWK that signs challenges, grants and releases
 * @param wrapKey the public JWK that dataset keys are wrapped to
 */
public record StatusView(
        String party, String trustDomain, boolean locked, String rootThumbprint, Json.Obj brokerKey, Json.Obj wrapKey)
        implements Message {
    public StatusView {
        requireNonNull(party);
        requireNonNull(trustDomain);
        requireNonNull(rootThumbprint);
        requireNonNull(brokerKey);
        requireNonNull(wrapKey);
    }

    public static StatusView read(Fields fields) throws Malformed {
        return new StatusView(
                fields.string("party"),
                fields.string("trustDomain"),
                fields.bool("locked"),
                fields.string("rootThumbprint"),
                fields.value("brokerKey").asObject(),
                fields.value("wrapKey").asObject());
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("party", party)
                .put("trustDomain", trustDomain)
                .put("locked", locked)
                .put("rootThumbprint", rootThumbprint)
                .put("brokerKey", brokerKey)
                .put("wrapKey", wrapKey)
                .build();
    }
}
