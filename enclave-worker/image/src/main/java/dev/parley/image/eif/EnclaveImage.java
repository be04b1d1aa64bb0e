package dev.parley.image.eif;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An enclave image: its sections in file order. The order is part of the measure. Exactly one kernel, one command line
 * and one metadata section, at least one ramdisk, ramdisks behind the kernel, at most one signature, which is judged
 * elsewhere ({@code dev.parley.image.signing}): what is read here is not yet what may be launched.
 */
public record EnclaveImage(Architecture architecture, List<Section> sections) {
    static final int MAX_SECTIONS = 32;

    public EnclaveImage {
        requireNonNull(architecture);
        sections = List.copyOf(sections);
        var wrong = SectionOrder.wrong(sections);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(wrong.get());
        }
    }

    /** Reads a file strictly: one layout, every offset checked, the checksum right, nothing behind the last section. */
    public static EnclaveImage read(Path file) throws IOException, Malformed {
        return EifReader.read(file);
    }

    /** Writes the only bytes that this image has. */
    public void write(Path file) throws IOException {
        EifWriter.write(this, file);
    }

    /** PCR0–2 as a loader computes them. Reads every measured byte twice: about a second per 300 MB. */
    public Measurement measurement() {
        return Measurer.measure(this);
    }

    public Bytes kernel() {
        return only(SectionType.KERNEL);
    }

    public Bytes cmdline() {
        return only(SectionType.CMDLINE);
    }

    public Bytes metadata() {
        return only(SectionType.METADATA);
    }

    public List<Bytes> ramdisks() {
        return sections.stream()
                .filter(section -> section.type() == SectionType.RAMDISK)
                .map(Section::data)
                .toList();
    }

    public Optional<Bytes> signature() {
        return sections.stream()
                .filter(section -> section.type() == SectionType.SIGNATURE)
                .map(Section::data)
                .findFirst();
    }

    /** The same image with this signature section, behind all others and in the place of any other. */
    public EnclaveImage withSignature(Bytes section) {
        var signed = new ArrayList<Section>();
        sections.stream().filter(each -> each.type() != SectionType.SIGNATURE).forEach(signed::add);
        signed.add(new Section(SectionType.SIGNATURE, section));
        return new EnclaveImage(architecture, signed);
    }

    private Bytes only(SectionType type) {
        for (var section : sections) {
            if (section.type() == type) {
                return section.data();
            }
        }
        throw new IllegalStateException("checked by the constructor");
    }
}
