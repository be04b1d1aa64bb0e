package dev.parley.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Workshop;
import dev.parley.policy.authoring.normalisation.EmailProfile;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import dev.parley.protocol.sealing.column.Block;
import dev.parley.protocol.sealing.column.ColumnView;
import dev.parley.protocol.sealing.file.SealedDatasetReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCommandTest {
    private static final Workshop WORKSHOP = Workshop.shared();

    @TempDir
    Path folder;

    /** Addresses as people write them, and the one form they have. */
    private static final List<List<String>> MESSY = List.of(
            List.of("ada@example.com", "ada@example.com"),
            List.of("  Ada@Example.COM ", "ada@example.com"),
            List.of("\"ADA@EXAMPLE.COM\"", "ada@example.com"),
            List.of("\tbob+tag@mail.example.org", "bob+tag@mail.example.org"),
            List.of("Zoë@exämple.de", "zoë@xn--exmple-cua.de"),
            List.of("o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"),
            List.of("\"we\"\"ird@example.com\"", "we\"ird@example.com"));

    @Test
    void whatWasSealedOpensAsTheSameRows() throws Exception {
        var csv = new StringBuilder("\ufeffspend,E-Mail,phone,segment,region\r\n");
        for (var i = 0; i < MESSY.size(); i++) {
            csv.append(i).append(".5,").append(MESSY.get(i).getFirst()).append(",\"+49, 30\",loyal,west\r\n");
        }
        csv.append(",carol@example.com,,,");
        var desk = new SealDesk(folder);

        var said = desk.seal(csv.toString(), "--map", "email=E-Mail").succeeds();

        assertThat(said.fields().integer("rows")).isEqualTo(MESSY.size() + 1);
        var rows = open(desk.out().resolve("customers-v1"));
        var expected = new ArrayList<String>();
        for (var i = 0; i < MESSY.size(); i++) {
            expected.add(hash(MESSY.get(i).getLast()) + " loyal west " + (i * 100 + 50));
        }
        expected.add(hash("carol@example.com") + " null null null");
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void takesSemicolonsAndHashes() throws Exception {
        var desk = new SealDesk(folder);
        var csv = "email;segment;region;spend\n" + hash("ada@example.com").toUpperCase(java.util.Locale.ROOT)
                + ";family;north;12\n";

        desk.seal(csv, "--separator", "semicolon", "--hashed", "email=sha256-hex", "--version", "7")
                .succeeds();

        assertThat(open(desk.out().resolve("customers-v7")))
                .containsExactly(hash("ada@example.com") + " family north 1200");
    }

    @Test
    void leavesUnusableRowsOutOnlyIfAsked() throws Exception {
        var desk = new SealDesk(folder);
        var csv =
                "email,segment,region,spend\nnobody,family,north,1\n,family,north,2\nada@example.com,family,north,3\n";

        desk.seal(csv).failsWith(2, "IDENTITY_UNUSABLE");
        var said = desk.seal(csv, "--skip-unusable").succeeds();

        assertThat(said.fields().integer("skipped")).isEqualTo(2);
        assertThat(open(desk.out().resolve("customers-v1")))
                .containsExactly(hash("ada@example.com") + " family north 300");
    }

    @Test
    void overwritesOnlyIfAskedAndLeavesNothingHalfWritten() throws Exception {
        var desk = new SealDesk(folder);
        var good = "email,segment,region,spend\nada@example.com,family,north,3\n";

        desk.seal(good).succeeds();
        var sealed = Files.readAllBytes(desk.out().resolve("customers-v1.parley"));
        desk.seal(good).failsWith(2, "OUTPUT_EXISTS");
        desk.seal(good + "ada@example.com,family,north,x\n", "--replace").failsWith(2, "CELL_NOT_DECIMAL");

        assertThat(Files.readAllBytes(desk.out().resolve("customers-v1.parley")))
                .isEqualTo(sealed);
        try (var files = Files.list(desk.out())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "customers-v1.parley", "customers-v1.manifest.jws", "customers-v1.key.json");
        }
    }

    @Test
    void sealsNothingForADatasetOrAStewardThatThePolicyDoesNotName() {
        var desk = new SealDesk(folder);
        var csv = "email,segment,region,spend\nada@example.com,family,north,3\n";

        desk.seal(csv, "--dataset", "customers").failsWith(2, "USAGE");
        WORKSHOP.desk("publisher", folder.resolve("other"))
                .say(
                        "seal",
                        "--room",
                        folder.resolve("bundle.json").toString(),
                        "--dataset",
                        "customers",
                        "--passphrase-file",
                        WORKSHOP.passphrase("publisher").toString(),
                        "--json",
                        folder.resolve("customers.csv").toString())
                .failsWith(1, "KEY_NOT_IN_POLICY");
        WORKSHOP.desk("publisher", folder.resolve("other"))
                .say(
                        "seal",
                        "--room",
                        folder.resolve("bundle.json").toString(),
                        "--dataset",
                        "people",
                        "--json",
                        "x.csv")
                .failsWith(2, "DATASET_NOT_IN_POLICY");
    }

    @Test
    void theKeyIsForTheOwnersBrokerAlone() throws Exception {
        var desk = new SealDesk(folder);
        desk.seal("email,segment,region,spend\nada@example.com,family,north,3\n")
                .succeeds();
        var wrapped = wrapped(desk.out().resolve("customers-v1"));

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(desk.out().resolve("customers-v1.key.json"))))
                .isEqualTo("rw-------");
        try (var key = wrapped.unwrap(wrapKey("retailer"))) {
            assertThat(key.<Integer>useSecret(secret -> secret.length)).isEqualTo(32);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> wrapped.unwrap(wrapKey("publisher")))
                .isInstanceOf(dev.parley.protocol.encoding.Malformed.class);
    }

    @Test
    void mappingsNameColumnsOfThePolicyOnly() throws Exception {
        var desk = new SealDesk(folder);
        var csv = "email,segment,region,spend\nada@example.com,family,north,3\n";

        desk.seal(csv, "--map", "emial=email").failsWith(2, "MAPPING_UNKNOWN_COLUMN");
        desk.seal(csv, "--hashed", "emial=sha256-hex").failsWith(2, "MAPPING_UNKNOWN_COLUMN");
        desk.seal(csv, "--hashed", "spend=sha256-hex").failsWith(2, "MAPPING_WRONG_COLUMN");
        desk.seal(csv, "--hashed", "email=md5").failsWith(2, "USAGE");
        desk.seal(csv, "--hashed", "email=sha256-hex").failsWith(2, "IDENTITY_UNUSABLE");
        desk.seal(csv, "--separator", "pipe").failsWith(2, "USAGE");
        desk.sealFile(folder.resolve("missing.csv")).failsWith(2, "CSV_UNREADABLE");
        desk.sealFile(Files.createDirectory(folder.resolve("a-folder"))).failsWith(2, "CSV_UNREADABLE");
    }

    private static List<String> open(Path name) throws Exception {
        var manifest = DatasetManifest.read(
                Jws.parse(Files.readString(Path.of(name + ".manifest.jws")).strip()), steward());
        try (var file = FileChannel.open(Path.of(name + ".parley"));
                var key = wrapped(name).unwrap(wrapKey("retailer"));
                var reader = SealedDatasetReader.open(ChunkSource.of(file), manifest, key)) {
            var rows = new ArrayList<String>();
            var opener = reader.opener();
            for (var block = 0; block < reader.blocks(); block++) {
                addRows(opener.open(block), rows);
            }
            reader.verify();
            return rows;
        }
    }

    private static void addRows(Block block, List<String> rows) throws Exception {
        for (var row = 0; row < block.rows(); row++) {
            rows.add(identity((ColumnView.Identities) block.column(0), row) + " "
                    + text((ColumnView.Texts) block.column(1), row) + " "
                    + text((ColumnView.Texts) block.column(2), row) + " "
                    + number((ColumnView.Numbers) block.column(3), row));
        }
    }

    private static String identity(ColumnView.Identities column, int row) {
        var digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (var plane = 0; plane < 4; plane++) {
            digest.putLong(column.part(plane, row));
        }
        return Bytes.copyOf(digest.flip()).hex();
    }

    private static String text(ColumnView.Texts column, int row) {
        return column.isNull(row) ? "null" : column.entry(column.code(row));
    }

    private static String number(ColumnView.Numbers column, int row) {
        return column.isNull(row) ? "null" : Long.toString(column.get(row));
    }

    private static String hash(String normal) {
        assertThat(new EmailProfile(false).normalForm(normal)).contains(normal);
        return Sha256Digest.of(Bytes.utf8(normal)).hex();
    }

    private static WrappedDatasetKey wrapped(Path name) throws Exception {
        var file = Files.readAllBytes(Path.of(name + ".key.json"));
        return WrappedDatasetKey.parse(
                Json.parseCanonical(Bytes.takeOwnershipOf(file)).asObject());
    }

    private static VerificationKey steward() throws Exception {
        var file = Files.readAllBytes(WORKSHOP.keys("retailer").resolve("steward.jwk"));
        return VerificationKey.read(
                Json.parse(Bytes.takeOwnershipOf(file)).asObject().fields());
    }

    private static OpeningKey wrapKey(String party) throws Exception {
        var locked = Files.readString(WORKSHOP.keys(party).resolve("broker-wrap.jwe"));
        return OpeningKey.importSecretJwk(
                LockedKey.parse(locked.strip()).open(("a passphrase of " + party).toCharArray()));
    }
}
