package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Puts an image together in the order that AWS's builder writes: kernel, command line, metadata, ramdisks. */
public final class ImageBuilder {
    private final Architecture architecture;
    private final List<Section> head = new ArrayList<>();
    private final List<Section> ramdisks = new ArrayList<>();

    public ImageBuilder(Architecture architecture, BootScript kernel, CommandLine cmdline, Json.Obj metadata) {
        this.architecture = architecture;
        head.add(new Section(SectionType.KERNEL, kernel.bytes()));
        head.add(new Section(SectionType.CMDLINE, cmdline.bytes()));
        head.add(new Section(SectionType.METADATA, metadata.canonical()));
    }

    /** The first ramdisk counts into PCR1, every other into PCR2. */
    public ImageBuilder ramdisk(Bytes archive) {
        ramdisks.add(new Section(SectionType.RAMDISK, archive));
        return this;
    }

    public EnclaveImage build() {
        var sections = new ArrayList<>(head);
        sections.addAll(ramdisks);
        return new EnclaveImage(architecture, sections);
    }
}
