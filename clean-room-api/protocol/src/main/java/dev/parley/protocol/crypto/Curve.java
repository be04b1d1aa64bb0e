package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** The two curves in use, with their JWK forms (RFC 7518 §6.2): P-384 signs, P-256 seals. */
enum Curve {
    P256("P-256", "secp256r1", 32),
    P384("P-384", "secp384r1", 48);

    private final String jwkName;
    private final String secName;
    private final int size;
    private final ECParameterSpec parameters;

    Curve(String jwkName, String secName, int size) {
        this.jwkName = jwkName;
        this.secName = secName;
        this.size = size;
        this.parameters = parameters(secName);
    }

    int size() {
        return size;
    }

    String secName() {
        return secName;
    }

    BigInteger order() {
        return parameters.getOrder();
    }

    /** Reads the members {@code kty crv x y}; the point must lie on the curve. Other members are left to the caller. */
    ECPublicKey readPublic(Fields jwk) throws Malformed {
        jwk.require("kty", "EC");
        jwk.require("crv", jwkName);
        return publicKey(coordinate(jwk, "x"), coordinate(jwk, "y"));
    }

    ECPublicKey publicKey(BigInteger x, BigInteger y) throws Malformed {
        try {
            // The JDK's factory takes points off the curve; a key that is not one would poison every later use.
            SECNamedCurves.getByName(secName).getCurve().validatePoint(x, y);
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new Malformed("key is not a point of " + jwkName, e);
        }
    }

    /** The same key for Bouncy Castle, which checks again that it is a point of the curve. */
    ECPublicKeyParameters verificationParameters(ECPublicKey key) {
        var domain = CustomNamedCurves.getByName(secName);
        var point = domain.getCurve()
                .createPoint(key.getW().getAffineX(), key.getW().getAffineY());
        return new ECPublicKeyParameters(point, new ECDomainParameters(domain));
    }

    ECPrivateKey readPrivate(Fields jwk) throws Malformed {
        return privateKey(coordinate(jwk, "d"));
    }

    ECPrivateKey privateKey(BigInteger d) throws Malformed {
        if (d.signum() == 0 || d.compareTo(order()) >= 0) {
            throw new Malformed("private key out of range");
        }
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(d, parameters));
        } catch (GeneralSecurityException e) {
            throw new Malformed("not a private key of " + jwkName, e);
        }
    }

    Json.Builder write(ECPublicKey key) {
        return Json.object()
                .put("crv", jwkName)
                .put("kty", "EC")
                .put("x", fixed(key.getW().getAffineX()))
                .put("y", fixed(key.getW().getAffineY()));
    }

    /** Big endian, exactly as many bytes as the curve's field has. */
    Bytes fixed(BigInteger number) {
        var minimal = number.toByteArray();
        var fixed = new byte[size];
        var length = Math.min(minimal.length, size);
        System.arraycopy(minimal, minimal.length - length, fixed, size - length, length);
        return Bytes.takeOwnershipOf(fixed);
    }

    private BigInteger coordinate(Fields jwk, String name) throws Malformed {
        var bytes = jwk.bytes(name);
        if (bytes.size() != size) {
            throw new Malformed("JWK member " + name + " must have " + size + " bytes");
        }
        return new BigInteger(1, bytes.toArray());
    }

    private static ECParameterSpec parameters(String secName) {
        try {
            var parameters = java.security.AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(secName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(secName + " is part of every JDK", e);
        }
    }
}
