package dev.parley.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Said;
import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandsTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeImage() throws IOException {
        file = folder.resolve("enclave.eif");
        image("program").write(file);
    }

    @Test
    void measuresInTheFormOfNitroCli() throws Exception {
        var said = say("measure", file.toString(), "--json").succeeds();

        var expected = image("program").measurement();
        var fields = said.fields().object("Measurements");
        assertThat(fields.string("HashAlgorithm")).isEqualTo("Sha384 { ... }");
        assertThat(fields.string("PCR0")).isEqualTo(expected.pcr0().hex());
        assertThat(fields.string("PCR1")).isEqualTo(expected.pcr1().hex());
        assertThat(fields.string("PCR2")).isEqualTo(expected.pcr2().hex());
        assertThat(fields.has("PCR8")).isFalse();
    }

    @Test
    void writesTheFileOfARoomThatAcceptsTheImage() throws Exception {
        var said = say("measure", file.toString(), "--accept-until", "2030-01-01T00:00:00Z")
                .succeeds();

        var fields = said.fields();
        fields.require("parley", "measurements/1");
        var values = ReferenceValues.readMembers(fields);
        assertThat(values.trustDomain()).isEqualTo(TrustDomain.AWS_NITRO);
        assertThat(values.measurements())
                .singleElement()
                .satisfies(accepted -> assertThat(accepted.pcr0())
                        .isEqualTo(image("program").measurement().pcr0()));
    }

    @Test
    void signsWithAKeyOfOpensslAndJudgesTheSignature() throws Exception {
        certificate(pem(keys()));

        sign("key.pem").succeeds();

        var shown = say("inspect", file.toString(), "--json").succeeds().fields();
        assertThat(shown.object("signature").string("verdict")).isEqualTo("signed");
        assertThat(shown.object("signature").string("subject")).isEqualTo("CN=signer");
        var pcr8 = shown.object("measurement").string("pcr8");
        assertThat(pcr8).isNotEqualTo("00".repeat(48));
        assertThat(say("measure", file.toString(), "--json")
                        .fields()
                        .object("Measurements")
                        .string("PCR8"))
                .isEqualTo(pcr8);
        say("measure", file.toString(), "--at", "2000-01-01T00:00:00Z", "--json")
                .failsWith(1, "IMAGE_CERTIFICATE_NOT_VALID");
        assertThat(say("inspect", file.toString(), "--at", "2000-01-01T00:00:00Z")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void signsWithALockedKeyOfThisCommand() throws Exception {
        var keys = keys();
        certificate(pem(keys));
        var passphrase = "a passphrase of the signer";
        var key = SigningKey.importSecretJwk(jwk(keys));
        var locked = LockedKey.lock(key.exportSecretJwk(), passphrase.toCharArray(), new SecureRandom());
        own("signer.jwe", locked.compact() + "\n");
        own("passphrase", passphrase + "\n");
        own("other", "another passphrase\n");

        sign("signer.jwe", "--passphrase-file", folder.resolve("passphrase").toString())
                .succeeds();

        assertThat(say("inspect", file.toString()).out()).contains("signature   holds");
        sign("signer.jwe", "--passphrase-file", folder.resolve("other").toString(), "--json")
                .failsWith(1, "PASSPHRASE_WRONG");
    }

    @Test
    void refusesAForeignKeyAndOneThatOthersCanRead() throws Exception {
        certificate(pem(keys()));
        own("foreign.pem", pem(keys()));
        sign("foreign.pem", "--json").failsWith(1, "IMAGE_SIGNATURE_WRONG");

        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        sign("key.pem", "--json").failsWith(2, "PASSPHRASE_FILE_OPEN");
        own("junk.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        sign("junk.pem", "--json").failsWith(2, "KEY_MALFORMED");
        assertThat(say("inspect", file.toString()).out()).contains("signature   none");
    }

    @Test
    void explainsWhatChanged() throws Exception {
        var other = folder.resolve("other.eif");
        image("another program").write(other);

        var said = say("explain", file.toString(), other.toString()).succeeds();
        var same = say("explain", file.toString(), file.toString()).succeeds();

        assertThat(said.out())
                .contains("ramdisk 2:\n  changed  app/a.jar\n", "PCR0 changes, with ramdisk 2", "PCR2 changes")
                .doesNotContain("PCR1");
        assertThat(same.out()).isEqualTo("the same image\n");
    }

    @Test
    void saysWhatIsNoImage() throws Exception {
        var damaged = Files.readAllBytes(file);
        damaged[damaged.length - 1] ^= 1;
        Files.write(file, damaged);

        for (var command : List.of("measure", "inspect")) {
            say(command, file.toString(), "--json").failsWith(2, "INPUT_MALFORMED");
            say(command, folder.resolve("none").toString(), "--json").failsWith(2, "INPUT_UNREADABLE");
        }
        say("measure", file.toString(), "--at", "soon", "--json").failsWith(2, "USAGE");
    }

    @Test
    void refusesMeasurementsOfAnotherImage() throws Exception {
        var zero = "00".repeat(48);
        var registers = Json.object();
        image("another program").measurement().json().members().forEach(registers::put);
        var published = Json.object()
                .put("parley", "image-measurements/1")
                .put("measurement", registers.put("pcr8", zero).build())
                .put("jars", new Json.Arr(List.of()))
                .put("libraries", new Json.Arr(List.of()))
                .put("jdk", "25")
                .put("sbom", new Json.Null())
                .build();
        var measurements = Files.write(
                folder.resolve("measurements.json"), published.canonical().toArray());

        say("measure", file.toString(), "--measurements", measurements.toString(), "--json")
                .failsWith(1, "IMAGE_MEASUREMENTS_DIFFER");
    }

    @Test
    void saysWhyAnImageCannotBeBuilt() {
        var out = folder.resolve("new.eif").toString();

        say("build", "--out", out, folder.resolve("none.jar").toString(), "--json")
                .failsWith(2, "IMAGE_NOT_BUILT");
        say("build", "--out", out, folder.resolve("a b.jar").toString(), "--json")
                .failsWith(2, "IMAGE_NOT_BUILT");
        say("build", "--json").failsWith(2, "USAGE");
    }

    private Said sign(String key, String... more) {
        var arguments = new ArrayList<>(List.of("sign", file.toString(), "--key"));
        arguments.add(folder.resolve(key).toString());
        arguments.addAll(List.of("--certificate", folder.resolve("signer.crt").toString()));
        arguments.addAll(List.of(more));
        return say(arguments.toArray(String[]::new));
    }

    private Said say(String... arguments) {
        var all = new ArrayList<>(List.of("image"));
        all.addAll(List.of(arguments));
        return new Desk(folder, InstantSource.system()).say(all.toArray(String[]::new));
    }

    private static EnclaveImage image(String program) {
        return new ImageBuilder(
                        Architecture.X86_64,
                        new BootScript("/runtime/bin/java", "L", "M", List.of("/app/a.jar")),
                        new CommandLine(new SandboxProfile(512, 60, 64, 64), List.of("-Xmx64m")),
                        Json.object().put("ImageName", "small").build())
                .ramdisk(ramdisk("lib/c.so", "first"))
                .ramdisk(ramdisk("app/a.jar", program))
                .build();
    }

    private static Bytes ramdisk(String path, String text) {
        return Ramdisk.of(Map.of(path, new Ramdisk.Content(Bytes.utf8(text), false)))
                .archive();
    }

    private record Keys(ECPrivateKey secret, ECPublicKey open) {}

    private static Keys keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        var pair = generator.generateKeyPair();
        return new Keys((ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
    }

    private static String pem(Keys keys) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.secret().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }

    private static Json.Obj jwk(Keys keys) {
        return Json.object()
                .put("kty", "EC")
                .put("crv", "P-384")
                .put("x", coordinate(keys.open().getW().getAffineX()))
                .put("y", coordinate(keys.open().getW().getAffineY()))
                .put("d", coordinate(keys.secret().getS()))
                .build();
    }

    private static Bytes coordinate(BigInteger number) {
        var bytes = new byte[48];
        var minimal = number.toByteArray();
        int size = Math.min(48, minimal.length);
        System.arraycopy(minimal, minimal.length - size, bytes, 48 - size, size);
        return Bytes.takeOwnershipOf(bytes);
    }

    /** {@code signer.crt} for this key, which is left as {@code key.pem}. */
    private void certificate(String pem) throws Exception {
        own("key.pem", pem);
        try {
            var process = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-new",
                            "-key",
                            "key.pem",
                            "-days",
                            "30",
                            "-subj",
                            "/CN=signer",
                            "-out",
                            "signer.crt")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException e) {
            Assumptions.abort("no openssl on this machine");
        }
    }

    private void own(String name, String text) throws IOException {
        var path = folder.resolve(name);
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
