package dev.parley.image.eif;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * AWS's rule: each register is SHA-384(48 zero bytes ‖ SHA-384(data)), over the data of sections alone, in file order.
 * PCR0 takes kernel, command line and all ramdisks; PCR1 kernel, command line and the first ramdisk; PCR2 the others.
 */
final class Measurer {
    private Measurer() {}

    static Measurement measure(EnclaveImage image) {
        List<Section> bootstrap = new ArrayList<>();
        List<Section> application = new ArrayList<>();
        List<Section> measured = new ArrayList<>();
        boolean firstRamdiskSeen = false;
        for (var section : image.sections()) {
            switch (section.type()) {
                case METADATA, SIGNATURE -> {}
                case KERNEL, CMDLINE -> {
                    measured.add(section);
                    bootstrap.add(section);
                }
                case RAMDISK -> {
                    measured.add(section);
                    (firstRamdiskSeen ? application : bootstrap).add(section);
                    firstRamdiskSeen = true;
                }
            }
        }
        return new Measurement(register(measured), register(bootstrap), register(application));
    }

    private static Sha384Digest register(List<Section> sections) {
        var content = sha384();
        sections.forEach(section -> content.update(section.data().asBuffer()));
        var register = sha384();
        register.update(new byte[Sha384Digest.SIZE]);
        return new Sha384Digest(Bytes.takeOwnershipOf(register.digest(content.digest())));
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-384 is part of every JDK", e);
        }
    }
}
