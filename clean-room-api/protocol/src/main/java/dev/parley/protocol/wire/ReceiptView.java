package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * What proves a result.
 *
 * @param receipt the canonical receipt, in base64url
 * @param evidence the attestation document that covers it, in base64url
 * @param runRequest the compact JWS that asked
 */
public record ReceiptView(String receipt, String evidence, String runRequest) implements Message {
    public ReceiptView {
        requireNonNull(receipt);
        requireNonNull(evidence);
        requireNonNull(runRequest);
    }

    public static ReceiptView read(Fields fields) throws Malformed {
        return new ReceiptView(fields.string("receipt"), fields.string("evidence"), fields.string("runRequest"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("receipt", receipt)
                .put("evidence", evidence)
                .put("runRequest", runRequest)
                .build();
    }
}
