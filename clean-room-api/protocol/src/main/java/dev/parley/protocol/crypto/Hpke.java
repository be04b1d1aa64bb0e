package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import java.util.Arrays;
import org.bouncycastle.crypto.hpke.HPKE;

/** The one HPKE suite in use. */
final class Hpke {
    private Hpke() {}

    static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    static Bytes join(byte[] encapsulation, byte[] ciphertext) {
        var sealed = Arrays.copyOf(encapsulation, encapsulation.length + ciphertext.length);
        System.arraycopy(ciphertext, 0, sealed, encapsulation.length, ciphertext.length);
        return Bytes.takeOwnershipOf(sealed);
    }
}
