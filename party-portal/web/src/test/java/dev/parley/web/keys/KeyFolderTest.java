package dev.parley.web.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key store with really locked keys. */
class KeyFolderTest {
    private static final PartyId PARTY = new PartyId("retailer");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SigningKey ROOT = SigningKey.generate(RANDOM);
    private static final SigningKey STEWARD = SigningKey.generate(RANDOM);
    private static final SigningKey BROKER = SigningKey.generate(RANDOM);
    private static final OpeningKey WRAP = OpeningKey.generate(RANDOM);
    private static final String LOCKED_BROKER = lock(BROKER.exportSecretJwk());
    private static final String LOCKED_WRAP = lock(WRAP.exportSecretJwk());
    private static final String LOCKED_NOISE = lock(noise(32));
    private static final String LOCKED_SHORT_NOISE = lock(noise(31));

    @TempDir
    private Path folder;

    @BeforeEach
    void layDown() throws IOException {
        write("root.jwk", ROOT.verificationKey().jwk());
        write("steward.jwk", STEWARD.verificationKey().jwk());
        write("broker.jwe", LOCKED_BROKER);
        write("broker-wrap.jwe", LOCKED_WRAP);
        write("broker-noise.jwe", LOCKED_NOISE);
    }

    @Test
    void unlocksTheBrokersKeys() throws Exception {
        var keys = open("correct horse");

        assertThat(keys.root()).isEqualTo(ROOT.verificationKey());
        assertThat(keys.steward()).contains(STEWARD.verificationKey());
        assertThat(keys.broker().party()).isEqualTo(PARTY);
        assertThat(keys.broker().signingKey().verificationKey()).isEqualTo(BROKER.verificationKey());
        assertThat(keys.broker().wrapKey()).isEqualTo(WRAP.sealingKey());
        assertThat(keys.broker().toString()).isEqualTo("BrokerKeys[retailer]");
    }

    @Test
    void refusesAWrongPassphraseWithoutRepeatingIt() {
        assertThatThrownBy(() -> open("wrong horse"))
                .isInstanceOf(KeysRefused.class)
                .hasMessageStartingWith("PASSPHRASE_WRONG: ")
                .hasMessageNotContaining("horse");
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        for (var permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(
                    folder.resolve("broker-noise.jwe"), PosixFilePermissions.fromString(permissions));
            assertRefused(KeysRefused.Code.KEY_READABLE_BY_OTHERS, () -> open("correct horse"));
        }
    }

    @Test
    void refusesAStoreWithoutAllOfThem() throws IOException {
        for (var file : new String[] {"broker-noise.jwe", "broker-wrap.jwe", "broker.jwe", "root.jwk"}) {
            Files.delete(folder.resolve(file));
            assertRefused(KeysRefused.Code.KEY_MISSING, () -> open("correct horse"));
        }
    }

    @Test
    void refusesAKeyOfAnotherKind() throws IOException {
        for (var noise : List.of(LOCKED_WRAP, LOCKED_SHORT_NOISE, "not a locked key")) {
            write("broker-noise.jwe", noise);
            assertRefused(KeysRefused.Code.KEY_MALFORMED, () -> open("correct horse"));
        }
    }

    @Test
    void refusesASecretKeyAmongThePublicOnes() throws IOException {
        write("root.jwk", ROOT.exportSecretJwk());

        assertRefused(KeysRefused.Code.KEY_MALFORMED, () -> open("correct horse"));
    }

    @Test
    void readsThePassphraseFromItsDescriptorToTheEndOfTheLine() throws Exception {
        var file = Files.writeString(folder.resolve("passphrase"), "pässphrase\r\nsecond line");
        try (var input = new FileInputStream(file.toFile());
                var passphrase = Passphrase.read(OptionalInt.of(descriptorOf(file)), null)) {
            assertThat(input.available()).isPositive();
            assertThat(new String(passphrase.characters())).isEqualTo("pässphrase");
        }
    }

    @Test
    void refusesWhatGivesNoPassphrase() {
        assertRefused(KeysRefused.Code.PASSPHRASE_MISSING, () -> Passphrase.read(OptionalInt.of(987), null));
        assertRefused(KeysRefused.Code.PASSPHRASE_MISSING, () -> Passphrase.read(OptionalInt.empty(), null));
        for (var text : new String[] {"", "\n", "\r\nx", "x".repeat(1025)}) {
            assertRefused(KeysRefused.Code.PASSPHRASE_MISSING, () -> fromLine(text));
        }
    }

    @Test
    void zeroesAPassphraseThatWasUsed() {
        var characters = "correct horse".toCharArray();

        Passphrase.takeOwnershipOf(characters).close();

        assertThat(characters).containsOnly('\0');
    }

    private PartyKeys open(String passphrase) throws KeysRefused {
        try (var secret = Passphrase.takeOwnershipOf(passphrase.toCharArray())) {
            return new KeyFolder(folder).open(PARTY, secret);
        }
    }

    private static Passphrase fromLine(String text) throws IOException, KeysRefused {
        return Passphrase.fromFirstLine(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "here");
    }

    private static int descriptorOf(Path file) throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(link -> pointsTo(link, file))
                    .mapToInt(link -> Integer.parseInt(link.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean pointsTo(Path link, Path file) {
        try {
            return Files.isSameFile(link, file);
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertRefused(KeysRefused.Code code, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        KeysRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Json.Obj noise(int size) {
        return Json.object()
                .put("kty", "oct")
                .put("k", Bytes.copyOf(new byte[size]))
                .build();
    }

    private static String lock(Json.Obj jwk) {
        return LockedKey.lock(jwk, "correct horse".toCharArray(), RANDOM).compact();
    }

    private void write(String name, Json.Obj jwk) throws IOException {
        write(name, new String(jwk.canonical().toArray(), StandardCharsets.UTF_8));
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
