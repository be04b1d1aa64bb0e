package dev.parley.protocol.attestation.vectors;

import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/** Certificates cut out of good ones: what no certificate library would write. */
record Recut(TestPlatform platform) {
    private static final String ECDSA_WITH_SHA384 = "2a8648ce3d040303";
    private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
    private static final String UNCOMPRESSED_P384 = "2b8104002203620004";
    private static final int HEX_OF_POINT = 2 * 96;

    Bytes leafNamingSha256() {
        return signedAgain(Bench.exchange(leafBody(), ECDSA_WITH_SHA384, ECDSA_WITH_SHA256), Role.INSTANCE);
    }

    Bytes leafOffTheCurve() {
        var body = leafBody();
        var last = body.indexOf(UNCOMPRESSED_P384) + UNCOMPRESSED_P384.length() + HEX_OF_POINT - 1;
        var changed = body.charAt(last) == '0' ? '1' : '0';
        return signedAgain(body.substring(0, last) + changed + body.substring(last + 1), Role.INSTANCE);
    }

    /** A leaf that another leaf signed, with another serial number so that it differs. */
    Bytes certificateByLeaf() {
        return signedAgain(leafBody(), Role.LEAF);
    }

    Bytes leafUnderAnotherSignature() {
        return signed(leafBody(), platform.signAs(Role.INSTANCE, Bytes.utf8("something else")));
    }

    static Bytes withUnusedBits(Bytes certificate) {
        var hex = certificate.hex();
        // The bit string's count of unused bits stands between its length and the sequence of r and s.
        var at = hex.lastIndexOf("0030", hex.length() - 2 * 96);
        return Bench.bytes(hex.substring(0, at) + "01" + hex.substring(at + 2));
    }

    static Bytes withPaddedNumber(Bytes certificate) {
        try {
            var parts = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(certificate.toArray()));
            var numbers = ASN1Sequence.getInstance(
                    ((DERBitString) parts.getObjectAt(2).toASN1Primitive()).getOctets());
            var r = ((ASN1Integer) numbers.getObjectAt(0)).getEncoded();
            var s = ((ASN1Integer) numbers.getObjectAt(1)).getEncoded();
            var padded = new byte[r.length + 1];
            padded[0] = r[0];
            padded[1] = (byte) (r[1] + 1);
            System.arraycopy(r, 2, padded, 3, r.length - 2);
            var inner = new byte[2 + padded.length + s.length];
            inner[0] = 0x30;
            inner[1] = (byte) (padded.length + s.length);
            System.arraycopy(padded, 0, inner, 2, padded.length);
            System.arraycopy(s, 0, inner, 2 + padded.length, s.length);
            return assembled(parts, inner);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String leafBody() {
        try {
            var parts = ASN1Sequence.getInstance(
                    ASN1Primitive.fromByteArray(platform.certificate(Role.LEAF).toArray()));
            return Bytes.copyOf(parts.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER))
                    .hex();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Bytes signedAgain(String body, Role issuer) {
        return signed(body, platform.signAs(issuer, Bench.bytes(body)));
    }

    private Bytes signed(String body, Bytes signature) {
        try {
            var numbers = new ASN1EncodableVector();
            numbers.add(number(signature, 0));
            numbers.add(number(signature, 48));
            var good = ASN1Sequence.getInstance(
                    ASN1Primitive.fromByteArray(platform.certificate(Role.LEAF).toArray()));
            var parts = new ASN1EncodableVector();
            parts.add(ASN1Primitive.fromByteArray(Bench.bytes(body).toArray()));
            parts.add(good.getObjectAt(1));
            parts.add(good.getObjectAt(2));
            return assembled(new DERSequence(parts), new DERSequence(numbers).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes assembled(ASN1Sequence parts, byte[] signature) throws IOException {
        var whole = new ASN1EncodableVector();
        whole.add(parts.getObjectAt(0));
        whole.add(parts.getObjectAt(1));
        whole.add(new DERBitString(signature));
        return Bytes.takeOwnershipOf(new DERSequence(whole).getEncoded(ASN1Encoding.DER));
    }

    private static ASN1Integer number(Bytes signature, int from) {
        return new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature.toArray(), from, from + 48)));
    }
}
