package dev.parley.protocol.receipt;

import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.PartyId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How a result travels: padded to a power of two, so that its size tells nothing, and sealed to one recipient for one
 * run. Plain form: length (four bytes, big endian), canonical JSON, zeros. Specified in {@code docs/spec/receipt.md} §4.
 */
public final class ResultSeal {
    private static final int LEAST_SIZE = 4096;

    private ResultSeal() {}

    public static Bytes seal(Bytes result, SealingKey recipientKey, PartyId recipient, Grant.Run run) {
        var plain = pad(result);
        try {
            return recipientKey.seal(info(recipient, run), plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens a result whose ciphertext a verified receipt names: there is no other way in.
     *
     * @throws Malformed if the receipt does not name this ciphertext for this recipient and key, or it does not open
     */
    public static Bytes open(Bytes sealed, VerifiedReceipt receipt, PartyId recipient, OpeningKey key)
            throws Malformed {
        var digest = Sha384Digest.of(sealed);
        var named = receipt.receipt().results().stream()
                .anyMatch(result -> result.recipient().equals(recipient)
                        && result.key().equals(key.sealingKey().thumbprint())
                        && result.ciphertext().equals(digest));
        if (!named) {
            throw new Malformed("the receipt does not name this ciphertext for this recipient");
        }
        var plain = key.open(info(recipient, receipt.receipt().subject().run()), sealed);
        return unpad(plain);
    }

    private static Bytes info(PartyId recipient, Grant.Run run) {
        return Json.object()
                .put("parley", "sealed-result/1")
                .put("recipient", recipient.value())
                .put("runRequest", run.runRequest().hex())
                .put("query", run.query().hex())
                .put("policy", run.policy().hex())
                .build()
                .canonical();
    }

    private static byte[] pad(Bytes result) {
        var needed = Integer.BYTES + result.size();
        var size = LEAST_SIZE;
        while (size < needed) {
            size *= 2;
        }
        var plain = new byte[size];
        ByteBuffer.wrap(plain).putInt(result.size()).put(result.asBuffer());
        return plain;
    }

    private static Bytes unpad(byte[] plain) throws Malformed {
        if (plain.length < Integer.BYTES) {
            throw new Malformed("a result is shorter than its length field");
        }
        var size = ByteBuffer.wrap(plain).getInt();
        if (size < 0 || size > plain.length - Integer.BYTES) {
            throw new Malformed("a result is shorter than it says");
        }
        return Bytes.takeOwnershipOf(Arrays.copyOfRange(plain, Integer.BYTES, Integer.BYTES + size));
    }
}
