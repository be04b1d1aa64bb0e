package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import java.nio.ByteBuffer;

/**
 * Reads the outside of a certificate strictly: {@code SEQUENCE { body, ecdsa-with-SHA384, BIT STRING { SEQUENCE { r, s
 * } } }}. The JDK ignores what follows a certificate, masks unused bits and takes odd numbers; as nothing of that is
 * under the signature, one certificate would have many spellings.
 */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int P384_NUMBER = 48;
    private static final Bytes ECDSA_WITH_SHA384 = Bytes.takeOwnershipOf(
            new byte[] {0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x03});

    private Der() {}

    /**
     * A certificate taken apart.
     *
     * @param body what is signed, head included
     * @param algorithm what the body and the outside say of the signature; not judged
     * @param signature r ‖ s, 96 bytes
     */
    record Signed(Bytes body, Bytes algorithm, Bytes signature) {
        boolean isByEcdsaWithSha384() {
            return algorithm.equals(ECDSA_WITH_SHA384);
        }
    }

    static Signed certificate(Bytes der) throws Refused {
        var in = der.asBuffer();
        var certificate = element(in, SEQUENCE);
        end(in);
        var body = certificate.slice();
        var algorithm = innerAlgorithm(element(certificate, SEQUENCE));
        body.limit(certificate.position());
        malformedUnless(whole(certificate, SEQUENCE).equals(algorithm));
        var signature = element(certificate, BIT_STRING);
        end(certificate);
        malformedUnless(signature.hasRemaining() && signature.get() == 0);
        return new Signed(Bytes.copyOf(body), algorithm, signature(signature));
    }

    /** r ‖ s of an ECDSA signature of P-384 in its one spelling, which the JDK alone does not insist on. */
    static Bytes signature(ByteBuffer signature) throws Refused {
        var numbers = element(signature, SEQUENCE);
        end(signature);
        var joined = new byte[2 * P384_NUMBER];
        number(element(numbers, INTEGER), joined, P384_NUMBER);
        number(element(numbers, INTEGER), joined, 2 * P384_NUMBER);
        end(numbers);
        return Bytes.takeOwnershipOf(joined);
    }

    /** RFC 5280 §4.1.2.3: the same as outside. */
    private static Bytes innerAlgorithm(ByteBuffer body) throws Refused {
        element(body, VERSION);
        element(body, INTEGER);
        return whole(body, SEQUENCE);
    }

    /** An element with its head. */
    private static Bytes whole(ByteBuffer in, int tag) throws Refused {
        var from = in.slice();
        element(in, tag);
        return Bytes.copyOf(from.limit(from.remaining() - in.remaining()));
    }

    /** Positive, in the shortest form, within 384 bits; written so that it ends before {@code end}. */
    private static void number(ByteBuffer number, byte[] into, int end) throws Refused {
        malformedUnless(number.hasRemaining());
        var first = number.get(0);
        malformedUnless(first > 0 || (first == 0 && number.remaining() > 1 && number.get(1) < 0));
        number.position(first == 0 ? 1 : 0);
        malformedUnless(number.remaining() <= P384_NUMBER);
        number.get(into, end - number.remaining(), number.remaining());
    }

    private static ByteBuffer element(ByteBuffer in, int tag) throws Refused {
        malformedUnless(in.remaining() >= 2 && (in.get() & 0xff) == tag);
        var length = length(in);
        malformedUnless(length <= in.remaining());
        var content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    /** The shortest form of at most two bytes, which is all that 1024 bytes need. */
    private static int length(ByteBuffer in) throws Refused {
        var first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        if (first == 0x81) {
            malformedUnless(in.hasRemaining());
            return atLeast(in.get() & 0xff, 0x80);
        }
        malformedUnless(first == 0x82 && in.remaining() >= Short.BYTES);
        return atLeast(in.getShort() & 0xffff, 0x100);
    }

    private static int atLeast(int length, int least) throws Refused {
        malformedUnless(length >= least);
        return length;
    }

    private static void end(ByteBuffer in) throws Refused {
        malformedUnless(!in.hasRemaining());
    }

    private static void malformedUnless(boolean right) throws Refused {
        Refused.unless(right, Reason.MALFORMED_CERTIFICATE);
    }
}
