package dev.parley.image.compare;

import static java.util.Objects.requireNonNull;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.SectionType;
import dev.parley.image.signing.SignatureVerdict;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What changed from one image to another, and which registers with it. */
public record ImageComparison(List<Change> changes, List<RegisterChange> registers) {
    /**
     * A register whose value differs.
     *
     * @param before empty for the PCR8 of an image whose signature does not hold
     * @param parts the changed parts that it covers
     */
    public record RegisterChange(
            int index, Optional<Sha384Digest> before, Optional<Sha384Digest> after, List<String> parts) {
        public RegisterChange {
            requireNonNull(before);
            requireNonNull(after);
            parts = List.copyOf(parts);
        }
    }

    public ImageComparison {
        changes = List.copyOf(changes);
        registers = List.copyOf(registers);
    }

    /** Compares; {@code now} is when signers' certificates must be valid. */
    public static ImageComparison of(EnclaveImage before, EnclaveImage after, Instant now) {
        var was = Judged.of(before, now);
        var is = Judged.of(after, now);
        List<Change> changes = new ArrayList<>();
        changes.addAll(texts(
                Part.ARCHITECTURE,
                before.architecture().label(),
                after.architecture().label()));
        changes.addAll(texts(Part.ORDER, order(before), order(after)));
        changes.addAll(Texts.changes(
                Part.BOOT_SCRIPT, BootTexts.ofKernel(before.kernel()), BootTexts.ofKernel(after.kernel())));
        changes.addAll(Texts.changes(
                Part.COMMAND_LINE,
                BootTexts.ofCommandLine(before.cmdline()),
                BootTexts.ofCommandLine(after.cmdline())));
        changes.addAll(ramdisks(before.ramdisks(), after.ramdisks()));
        changes.addAll(Texts.changes(Part.METADATA, members(before.metadata()), members(after.metadata())));
        changes.addAll(texts(Part.SIGNATURE, signer(was.verdict), signer(is.verdict)));
        return new ImageComparison(changes, registers(was, is, changes));
    }

    /** An image with what a loader finds. */
    private record Judged(Measurement measurement, SignatureVerdict verdict) {
        static Judged of(EnclaveImage image, Instant now) {
            var measurement = image.measurement();
            return new Judged(measurement, SignatureVerdict.of(image, measurement, now));
        }

        Map<Integer, Optional<Sha384Digest>> registers() {
            return new TreeMap<>(Map.of(
                    0, Optional.of(measurement.pcr0()),
                    1, Optional.of(measurement.pcr1()),
                    2, Optional.of(measurement.pcr2()),
                    8, verdict.pcr8()));
        }
    }

    private static List<RegisterChange> registers(Judged was, Judged is, List<Change> changes) {
        List<RegisterChange> registers = new ArrayList<>();
        var after = is.registers();
        was.registers().forEach((index, before) -> {
            var now = requireNonNull(after.get(index));
            if (!before.equals(now)) {
                var parts = changes.stream()
                        .map(Change::part)
                        .filter(part -> part.registers().contains(index))
                        .map(Part::name)
                        .distinct()
                        .toList();
                registers.add(new RegisterChange(index, before, now, parts));
            }
        });
        return registers;
    }

    private static List<Change> ramdisks(List<Bytes> before, List<Bytes> after) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            var files = new RamdiskFiles(Part.ramdisk(i));
            if (i >= before.size()) {
                changes.addAll(files.all(after.get(i), true));
            } else if (i >= after.size()) {
                changes.addAll(files.all(before.get(i), false));
            } else if (!before.get(i).equals(after.get(i))) {
                changes.addAll(files.changes(before.get(i), after.get(i)));
            }
        }
        return changes;
    }

    private static List<Change> texts(Part part, String before, String after) {
        return Texts.changes(part, Map.of(part.name(), before), Map.of(part.name(), after));
    }

    private static String order(EnclaveImage image) {
        return String.join(
                " ",
                image.sections().stream()
                        .filter(section -> section.type() != SectionType.SIGNATURE)
                        .map(section -> section.type().name())
                        .toList());
    }

    private static String signer(SignatureVerdict verdict) {
        return switch (verdict) {
            case SignatureVerdict.Unsigned() -> "none";
            case SignatureVerdict.Signed(var certificate) -> certificate.subject() + ", PCR8 " + certificate.pcr8();
            case SignatureVerdict.Refused(var reason, var certificate) -> reason.name();
        };
    }

    /** The leaves of the metadata by their path. */
    private static Map<String, String> members(Bytes metadata) {
        Map<String, String> leaves = new TreeMap<>();
        try {
            collect("", Json.parse(metadata), leaves);
        } catch (Malformed e) {
            leaves.put("metadata of another builder", Sha384Digest.of(metadata).hex());
        }
        return leaves;
    }

    private static void collect(String path, Json value, Map<String, String> leaves) {
        if (value instanceof Json.Obj(var members)) {
            members.forEach((name, member) -> collect(path.isEmpty() ? name : path + "." + name, member, leaves));
        } else {
            leaves.put(path, new String(value.canonical().toArray(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
