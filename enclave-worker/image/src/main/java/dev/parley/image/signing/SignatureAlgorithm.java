package dev.parley.image.signing;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** The three algorithms of RFC 9053 §2.1 that images are signed with. The curve of the key decides which. */
public enum SignatureAlgorithm {
    ES256("P-256", "secp256r1", -7, "SHA-256", 32),
    ES384("P-384", "secp384r1", -35, "SHA-384", 48),
    ES512("P-521", "secp521r1", -36, "SHA-512", 66);

    private final String curve;
    private final String secName;
    private final Bytes protectedHeader;
    private final String hash;
    private final int size;

    SignatureAlgorithm(String curve, String secName, int coseAlgorithm, String hash, int size) {
        this.curve = curve;
        this.secName = secName;
        this.protectedHeader =
                Cbor.map().put(Cbor.of(1), Cbor.of(coseAlgorithm)).build().encode();
        this.hash = hash;
        this.size = size;
    }

    /** The algorithm of a key, unless it is on another curve, or no point of the curve that it names. */
    static Optional<SignatureAlgorithm> of(ECPublicKey key) {
        return Arrays.stream(values())
                .filter(each -> each.isCurveOf(key) && each.holds(key))
                .findFirst();
    }

    /** As people name the curve. */
    public String curve() {
        return curve;
    }

    /** {@code {1: algorithm}}, compared as bytes, so that no second spelling of it exists. */
    Bytes protectedHeader() {
        return protectedHeader;
    }

    /** Whether {@code signature} is r ‖ s, each of the curve's size with 0 &lt; r, s &lt; n, over {@code message}. */
    boolean verifies(ECPublicKey key, Bytes message, Bytes signature) {
        if (signature.size() != 2 * size) {
            return false;
        }
        var numbers = signature.toArray();
        var r = new BigInteger(1, Arrays.copyOf(numbers, size));
        var s = new BigInteger(1, Arrays.copyOfRange(numbers, size, 2 * size));
        var order = parameters().getN();
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(order) >= 0 || s.compareTo(order) >= 0) {
            return false;
        }
        var verifier = new ECDSASigner();
        var point = parameters()
                .getCurve()
                .createPoint(key.getW().getAffineX(), key.getW().getAffineY());
        verifier.init(false, new ECPublicKeyParameters(point, new ECDomainParameters(parameters())));
        return verifier.verifySignature(digest(message), r, s);
    }

    /** The signature r ‖ s. */
    Bytes sign(PrivateKey key, Bytes message) {
        try {
            var signer = Signature.getInstance(hash.replace("-", "") + "withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(message.asBuffer());
            return Bytes.takeOwnershipOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + curve + " failed", e);
        }
    }

    private byte[] digest(Bytes message) {
        try {
            return MessageDigest.getInstance(hash).digest(message.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash + " is part of every JDK", e);
        }
    }

    private boolean isCurveOf(ECPublicKey key) {
        var parameters = parameters();
        var given = key.getParams();
        return given.getOrder().equals(parameters.getN())
                && given.getCurve().getA().equals(parameters.getCurve().getA().toBigInteger())
                && given.getCurve().getB().equals(parameters.getCurve().getB().toBigInteger());
    }

    private boolean holds(ECPublicKey key) {
        try {
            parameters()
                    .getCurve()
                    .validatePoint(key.getW().getAffineX(), key.getW().getAffineY());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private X9ECParameters parameters() {
        return CustomNamedCurves.getByName(secName);
    }
}
