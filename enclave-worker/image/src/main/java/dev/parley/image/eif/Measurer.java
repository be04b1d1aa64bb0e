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
        for (var section : image.sections()) {
            switch (section.type()) {
                case METADATA, SIGNATURE -> {}
                case KERNEL, CMDLINE -> add(section, bootstrap, measured);
                case RAMDISK -> add(section, hasRamdisk(bootstrap) ? application : bootstrap, measured);
            }
        }
        var content = sha384();
        bootstrap.forEach(section -> content.update(section.data().asBuffer()));
        var pcr1 = register(copy(content).digest());
        // Most images begin with all of what PCR1 covers: those bytes, nearly all there are, are then hashed once.
        boolean continues = measured.subList(0, bootstrap.size()).stream()
                .map(Section::type)
                .toList()
                .equals(bootstrap.stream().map(Section::type).toList());
        var rest = continues ? application : measured;
        var whole = continues ? content : sha384();
        rest.forEach(section -> whole.update(section.data().asBuffer()));
        return new Measurement(register(whole.digest()), pcr1, register(digest(application)));
    }

    private static void add(Section section, List<Section> part, List<Section> measured) {
        part.add(section);
        measured.add(section);
    }

    private static boolean hasRamdisk(List<Section> sections) {
        return sections.stream().anyMatch(section -> section.type() == SectionType.RAMDISK);
    }

    private static byte[] digest(List<Section> sections) {
        var content = sha384();
        sections.forEach(section -> content.update(section.data().asBuffer()));
        return content.digest();
    }

    private static Sha384Digest register(byte[] content) {
        var register = sha384();
        register.update(new byte[Sha384Digest.SIZE]);
        return new Sha384Digest(Bytes.takeOwnershipOf(register.digest(content)));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be copied", e);
        }
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-384 is part of every JDK", e);
        }
    }
}
