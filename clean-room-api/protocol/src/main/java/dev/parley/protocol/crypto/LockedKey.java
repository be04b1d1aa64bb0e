package dev.parley.protocol.crypto;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A private JWK at rest: JWE compact serialization (RFC 7516, RFC 7517 §7) with PBES2-HS512+A256KW and A256GCM. The
 * protected header is exactly {@code alg cty enc p2c p2s}, canonical.
 *
 * <p>Passphrases are the caller's to zero. The opened JWK is ordinary memory: hold it as briefly as the import takes.
 */
public final class LockedKey {
    /** The least and the default count of PBKDF2 iterations. */
    public static final int ITERATIONS = 600_000;

    private static final String ALG = "PBES2-HS512+A256KW";
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_SIZE = 16;
    private static final int KEY_SIZE = 32;
    private static final int WRAPPED_SIZE = KEY_SIZE + 8;
    private static final int NONCE_SIZE = 12;
    private static final int TAG_SIZE = 16;

    private final String header;
    private final int iterations;
    private final Bytes salt;
    private final Bytes wrapped;
    private final Bytes nonce;
    private final Bytes ciphertext;

    private LockedKey(String header, Derivation derivation, Bytes wrapped, Bytes nonce, Bytes ciphertext) {
        this.header = header;
        this.iterations = derivation.iterations();
        this.salt = derivation.salt();
        this.wrapped = wrapped;
        this.nonce = nonce;
        this.ciphertext = ciphertext;
    }

    private record Derivation(int iterations, Bytes salt) {}

    public static LockedKey lock(Json.Obj secretJwk, char[] passphrase, SecureRandom random) {
        return lock(secretJwk, passphrase, random, ITERATIONS);
    }

    /** With fewer iterations, for tests of this package. */
    static LockedKey lock(Json.Obj secretJwk, char[] passphrase, SecureRandom random, int iterations) {
        var derivation = new Derivation(iterations, random(random, SALT_SIZE));
        var header = header(derivation).base64Url();
        var nonce = random(random, NONCE_SIZE);
        var contentKey = new byte[KEY_SIZE];
        random.nextBytes(contentKey);
        try {
            var wrap = Cipher.getInstance("AESWrap");
            wrap.init(Cipher.WRAP_MODE, wrappingKey(passphrase, derivation));
            var wrapped = Bytes.takeOwnershipOf(wrap.wrap(new SecretKeySpec(contentKey, "AES")));
            var cipher = content(Cipher.ENCRYPT_MODE, contentKey, nonce, header);
            var ciphertext = cipher.doFinal(secretJwk.canonical().toArray());
            return new LockedKey(header, derivation, wrapped, nonce, Bytes.takeOwnershipOf(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2, AES key wrap and AES-GCM are part of every JDK", e);
        } finally {
            Arrays.fill(contentKey, (byte) 0);
        }
    }

    public static LockedKey parse(String compact) throws Malformed {
        return parse(compact, ITERATIONS);
    }

    static LockedKey parse(String compact, int leastIterations) throws Malformed {
        var parts = compact.split("\\.", -1);
        if (parts.length != 5) {
            throw new Malformed("a locked key is a JWE of five parts");
        }
        var fields =
                Json.parseCanonical(Bytes.parseBase64Url(parts[0])).asObject().fields();
        fields.require("alg", ALG);
        fields.require("cty", "jwk+json");
        fields.require("enc", "A256GCM");
        // Fewer would make the passphrase cheap to guess, many more would let a file stall its reader.
        var iterations = (int) fields.integer("p2c", leastIterations, MAX_ITERATIONS);
        var salt = sized(fields.bytes("p2s"), SALT_SIZE);
        fields.end();
        var text = Bytes.parseBase64Url(parts[3]);
        var tag = sized(Bytes.parseBase64Url(parts[4]), TAG_SIZE);
        return new LockedKey(
                parts[0],
                new Derivation(iterations, salt),
                sized(Bytes.parseBase64Url(parts[1]), WRAPPED_SIZE),
                sized(Bytes.parseBase64Url(parts[2]), NONCE_SIZE),
                join(text, tag));
    }

    /**
     * The private JWK.
     *
     * @throws WrongPassphrase if the passphrase is another, or the text was changed
     * @throws Malformed if what was locked is not a JSON object in canonical form
     */
    public Json.Obj open(char[] passphrase) throws WrongPassphrase, Malformed {
        byte[] contentKey = {};
        byte[] jwk = {};
        try {
            var unwrap = Cipher.getInstance("AESWrap");
            unwrap.init(Cipher.UNWRAP_MODE, wrappingKey(passphrase, new Derivation(iterations, salt)));
            contentKey = ((SecretKey) unwrap.unwrap(wrapped.toArray(), "AES", Cipher.SECRET_KEY)).getEncoded();
            jwk = content(Cipher.DECRYPT_MODE, contentKey, nonce, header).doFinal(ciphertext.toArray());
            return Json.parseCanonical(Bytes.copyOf(jwk)).asObject();
        } catch (GeneralSecurityException e) {
            throw new WrongPassphrase();
        } finally {
            Arrays.fill(contentKey, (byte) 0);
            Arrays.fill(jwk, (byte) 0);
        }
    }

    public String compact() {
        var split = ciphertext.size() - TAG_SIZE;
        return String.join(
                ".",
                header,
                wrapped.base64Url(),
                nonce.base64Url(),
                Bytes.copyOf(ciphertext.asBuffer().slice(0, split)).base64Url(),
                Bytes.copyOf(ciphertext.asBuffer().slice(split, TAG_SIZE)).base64Url());
    }

    private static SecretKey wrappingKey(char[] passphrase, Derivation derivation) throws GeneralSecurityException {
        // RFC 7518 §4.8.1.1: the salt is the algorithm's name, a zero byte and p2s.
        var salt = join(Bytes.utf8(ALG + "\0"), derivation.salt()).toArray();
        var spec = new PBEKeySpec(passphrase, salt, derivation.iterations(), KEY_SIZE * 8);
        byte[] key = {};
        try {
            key = requireNonNull(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded());
            return new SecretKeySpec(key, "AES");
        } finally {
            spec.clearPassword();
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Cipher content(int mode, byte[] key, Bytes nonce, String header) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_SIZE * 8, nonce.toArray()));
        cipher.updateAAD(header.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static Bytes header(Derivation derivation) {
        return Json.object()
                .put("alg", ALG)
                .put("cty", "jwk+json")
                .put("enc", "A256GCM")
                .put("p2c", derivation.iterations())
                .put("p2s", derivation.salt())
                .build()
                .canonical();
    }

    private static Bytes random(SecureRandom random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.takeOwnershipOf(bytes);
    }

    private static Bytes sized(Bytes bytes, int size) throws Malformed {
        if (bytes.size() != size) {
            throw new Malformed("a part of the locked key has the wrong length");
        }
        return bytes;
    }

    private static Bytes join(Bytes head, Bytes tail) {
        var joined = Arrays.copyOf(head.toArray(), head.size() + tail.size());
        tail.asBuffer().get(joined, head.size(), tail.size());
        return Bytes.takeOwnershipOf(joined);
    }

    /** Not the text: a locked key has no business in a log. */
    @Override
    public String toString() {
        return "LockedKey[" + ALG + "]";
    }
}
