package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.room.PartyId;
import java.util.List;

/**
 * What the enclave binds into the {@code user_data} of its evidence: everything that shapes the run and is neither
 * measured nor in PCR16 and PCR17. Specified in {@code docs/spec/key-release.md} §5.
 *
 * @param runRequest digest of the run request
 * @param recipients who will be able to open the result, with which key
 * @param configuration the settings that the host handed in
 * @param logHead the log's head at the start of the run
 */
public record ReleaseBinding(
        Sha384Digest runRequest, List<Recipient> recipients, Json.Obj configuration, TreeHead logHead) {
    private static final String KIND = "release-binding/1";

    public ReleaseBinding {
        requireNonNull(runRequest);
        requireNonNull(configuration);
        requireNonNull(logHead);
        recipients = List.copyOf(recipients);
    }

    /** A party and the key that its result is sealed to. */
    public record Recipient(PartyId party, Thumbprint key) {
        public Recipient {
            requireNonNull(party);
            requireNonNull(key);
        }

        Json.Obj json() {
            return Json.object()
                    .put("party", party.value())
                    .put("key", key.print())
                    .build();
        }
    }

    /** The 48 bytes of {@code user_data}. */
    public Sha384Digest digest() {
        return Sha384Digest.of(Json.object()
                .put("parley", KIND)
                .put("runRequest", runRequest.hex())
                .put("recipients", Json.array(recipients, Recipient::json))
                .put("configuration", configuration)
                .put("logHead", logHead.json())
                .build());
    }
}
