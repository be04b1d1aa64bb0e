package dev.parley.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleVectorsTest {
    @Test
    void judgesEveryInclusionProofAsTheVectorsDo() throws Exception {
        var files = files("inclusion");

        for (var file : files) {
            assertThat(accepts(file, MerkleVectorsTest::includes))
                    .as(file.toString())
                    .isEqualTo(wanted(file));
        }
        assertThat(files).hasSizeGreaterThan(90).anyMatch(MerkleVectorsTest::wanted);
    }

    @Test
    void judgesEveryConsistencyProofAsTheVectorsDo() throws Exception {
        var files = files("consistency");

        for (var file : files) {
            assertThat(accepts(file, MerkleVectorsTest::consistent))
                    .as(file.toString())
                    .isEqualTo(wanted(file));
        }
        assertThat(files).hasSizeGreaterThan(90).anyMatch(MerkleVectorsTest::wanted);
    }

    private static boolean includes(Fields fields) throws Malformed {
        return MerkleProof.includes(
                hash(fields.string("leafHash")),
                fields.integer("leafIdx"),
                new TreeHead(fields.integer("treeSize"), hash(fields.string("root"))),
                path(fields));
    }

    private static boolean consistent(Fields fields) throws Malformed {
        return MerkleProof.consistent(
                new TreeHead(fields.integer("size1"), root(fields.string("root1"))),
                new TreeHead(fields.integer("size2"), root(fields.string("root2"))),
                path(fields));
    }

    /** A hash of another length cannot even be written down here: that is a refusal too. */
    private static boolean accepts(Path file, Fields.Reader<Boolean> verifier) throws IOException, Malformed {
        var fields = fields(file);
        try {
            return verifier.read(fields);
        } catch (Malformed e) {
            return false;
        }
    }

    private static boolean wanted(Path file) {
        try {
            return !fields(file).bool("wantErr");
        } catch (IOException | Malformed e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Fields fields(Path file) throws IOException, Malformed {
        // The largest unsigned index is -1 to a Java caller.
        var text = Files.readString(file).replace("18446744073709551615", "-1");
        return Json.parse(Bytes.utf8(text)).asObject().fields();
    }

    private static List<Sha256Digest> path(Fields fields) throws Malformed {
        return fields.value("proof") instanceof Json.Null ? List.of() : fields.texts("proof", MerkleVectorsTest::hash);
    }

    /** Some cases write roots of other lengths to say that only their equality matters. */
    private static Sha256Digest root(String base64) throws Malformed {
        var bytes = Base64.getDecoder().decode(base64);
        return bytes.length == Sha256Digest.SIZE ? hash(base64) : Sha256Digest.of(Bytes.takeOwnershipOf(bytes));
    }

    private static Sha256Digest hash(String base64) throws Malformed {
        var bytes = Base64.getDecoder().decode(base64);
        if (bytes.length != Sha256Digest.SIZE) {
            throw new Malformed("not a hash");
        }
        return new Sha256Digest(Bytes.takeOwnershipOf(bytes));
    }

    private static List<Path> files(String kind) throws IOException {
        try (var tree = Files.walk(Vectors.folder().resolve("merkle/testdata").resolve(kind))) {
            return tree.filter(f -> f.toString().endsWith(".json")).toList();
        }
    }
}
