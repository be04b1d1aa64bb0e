package dev.parley.simulator.pki;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates with one of Parley's own keys: ecdsa-with-SHA384, r and s as DER. */
final class KeySigner implements ContentSigner {
    private static final int HALF = 48;

    private final SigningKey key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    KeySigner(SigningKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        var raw = key.sign(Bytes.takeOwnershipOf(content.toByteArray())).toArray();
        var r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, HALF)));
        var s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, HALF, raw.length)));
        try {
            return new DERSequence(new ASN1Integer[] {r, s}).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("encoding two integers", e);
        }
    }
}
