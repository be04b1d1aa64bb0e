package dev.parley.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference values that cite what was published with an image. */
class CitedMeasurementsTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());

    @TempDir
    Path folder;

    private RoomCopy copy;

    @BeforeEach
    void cite() throws IOException {
        copy = RoomCopy.in(folder, ROOM);
        copy.write(
                "measurements.json",
                copy.text("measurements.json")
                        .replaceFirst(
                                "\\{\"expires\"[^}]*}",
                                "{\"expires\":\"2027-01-01T00:00:00Z\",\"image\":\"enclave.json\"}"));
        copy.write("enclave.json", published(digest("an image")));
    }

    @Test
    void givesTheBundleOfTheWrittenOutRegisters(@TempDir Path other) throws IOException {
        var writtenOut = RoomCopy.in(other, ROOM);

        assertThat(values(copy)).isEqualTo(values(writtenOut));
    }

    @Test
    void refusesAFileThatIsNotThereOrOutside() throws IOException {
        for (var name : List.of("none.json", "../enclave.json", "/etc/passwd")) {
            copy.write(
                    "measurements.json",
                    copy.text("measurements.json").replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"" + name + "\""));
            assertThat(code()).isIn("FILE_MISSING", "FILE_OUTSIDE_ROOM");
        }
    }

    @Test
    void refusesAFileThatIsNoMeasurementsFile() throws IOException {
        var good = new String(published(digest("an image")).toArray(), StandardCharsets.UTF_8);
        for (var bad : List.of(
                "",
                " " + good,
                good.replace("image-measurements/1", "image-measurements/2"),
                good.replace("\"sbom\"", "\"sbon\""),
                good.replace(digest("an image").hex(), "0".repeat(96)),
                good.replaceFirst("\"pcr8\":\"[0-9a-f]+\"", "\"pcr8\":\"\""))) {
            copy.write("enclave.json", bad);
            assertThat(code()).as(bad).isEqualTo("MEASUREMENTS_MALFORMED");
        }
    }

    @Test
    void refusesRegistersBesideACitation() throws IOException {
        copy.write(
                "measurements.json",
                copy.text("measurements.json")
                        .replace(
                                "\"image\":\"enclave.json\"",
                                "\"image\":\"enclave.json\",\"pcr0\":\"" + digest("x") + "\""));

        assertThat(code()).isEqualTo("MEASUREMENTS_MALFORMED");
    }

    private static ReferenceValues values(RoomCopy copy) {
        return switch (copy.compile()) {
            case Compilation.Compiled(var bundle, var findings) -> bundle.referenceValues();
            case Compilation.NotCompiled(var findings) -> throw new AssertionError(findings);
        };
    }

    private String code() throws IOException {
        return copy.compile().findings().getFirst().code();
    }

    private static Bytes published(Sha384Digest digest) {
        var registers = Json.object()
                .put("pcr0", digest.hex())
                .put("pcr1", digest.hex())
                .put("pcr2", digest.hex())
                .put("pcr8", "0".repeat(96))
                .build();
        return Json.object()
                .put("parley", "image-measurements/1")
                .put("measurement", registers)
                .put("jars", new Json.Arr(List.of()))
                .put("libraries", new Json.Arr(List.of()))
                .put("jdk", "25")
                .put("sbom", new Json.Null())
                .build()
                .canonical();
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
