package dev.parley.protocol.crypto;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/**
 * A signed statement: JWS compact serialization (RFC 7515) with ES384 over canonical JSON. The protected header is
 * exactly {@code {"alg":"ES384","kid":<thumbprint>,"typ":<kind>}}, canonical; {@code typ} keeps one kind of statement
 * from passing for another.
 *
 * <p>Parsing proves nothing: only {@link #verify} gives the payload.
 */
public record Jws(String type, Thumbprint signer, Bytes signingInput, Bytes unverifiedPayload, Bytes signature) {
    public Jws {
        requireNonNull(type);
        requireNonNull(signer);
        requireNonNull(signingInput);
        requireNonNull(unverifiedPayload);
        requireNonNull(signature);
    }

    public static Jws sign(String type, Json payload, SigningKey key) {
        var signer = key.verificationKey().thumbprint();
        var bytes = payload.canonical();
        var input = Bytes.utf8(header(type, signer).base64Url() + "." + bytes.base64Url());
        return new Jws(type, signer, input, bytes, key.sign(input));
    }

    public static Jws parse(String compact) throws Malformed {
        var parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new Malformed("a JWS has three parts");
        }
        var header =
                Json.parseCanonical(Bytes.parseBase64Url(parts[0])).asObject().fields();
        header.require("alg", "ES384");
        var signer = header.text("kid", Thumbprint::parse);
        var type = header.string("typ");
        header.end();
        return new Jws(
                type,
                signer,
                Bytes.utf8(parts[0] + "." + parts[1]),
                Bytes.parseBase64Url(parts[1]),
                Bytes.parseBase64Url(parts[2]));
    }

    /**
     * The payload, once the signature holds.
     *
     * @throws BadSignature if {@code key} did not sign this very text as a {@code type}
     * @throws Malformed if what it signed is not canonical JSON
     */
    public Json.Obj verify(String expectedType, VerificationKey key) throws BadSignature, Malformed {
        if (!type.equals(expectedType) || !signer.equals(key.thumbprint()) || !key.verifies(signingInput, signature)) {
            throw new BadSignature("not a " + expectedType + " signed by key " + key.thumbprint());
        }
        return Json.parseCanonical(unverifiedPayload).asObject();
    }

    public String compact() {
        return new String(signingInput.toArray(), java.nio.charset.StandardCharsets.US_ASCII)
                + "."
                + signature.base64Url();
    }

    /** Of the compact text: names this very statement. ECDSA can be re-signed, so never a key against replay. */
    public Sha384Digest digest() {
        return Sha384Digest.of(Bytes.utf8(compact()));
    }

    private static Bytes header(String type, Thumbprint signer) {
        return Json.object()
                .put("alg", "ES384")
                .put("kid", signer.print())
                .put("typ", type)
                .build()
                .canonical();
    }

    @Override
    public String toString() {
        return compact();
    }
}
