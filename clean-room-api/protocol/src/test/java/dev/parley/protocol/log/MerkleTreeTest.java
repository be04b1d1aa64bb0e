package dev.parley.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The roots of the eight reference entries of the certificate-transparency test suite. */
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsOfTheReferenceTree() {
        var tree = new MerkleTree();
        var incremental = new MerkleRoot();

        for (var i = 0; i < INPUTS.size(); i++) {
            var leaf = MerkleTree.leafHash(Bytes.takeOwnershipOf(HexFormat.of().parseHex(INPUTS.get(i))));
            tree.append(leaf);
            incremental.add(leaf.bytes().toArray());

            assertThat(tree.head().root().hex()).isEqualTo(ROOTS.get(i));
            assertThat(incremental.head()).isEqualTo(tree.head());
        }
    }

    @Test
    void hashesTheEmptyTreeToTheHashOfNothing() {
        var empty = Sha256Digest.of(Bytes.empty());

        assertThat(new MerkleTree().head()).isEqualTo(new TreeHead(0, empty));
        assertThat(new MerkleRoot().head()).isEqualTo(new TreeHead(0, empty));
    }

    @Test
    void provesEveryLeafOfEveryOlderTree() {
        var tree = tree(70);

        for (var size = 1; size <= 70; size++) {
            var head = tree.head(size);
            for (var index = 0; index < size; index++) {
                var proof = tree.inclusionProof(index, size);
                assertThat(MerkleProof.includes(leaf(index), index, head, proof))
                        .isTrue();
                assertThat(MerkleProof.includes(leaf(index + 1), index, head, proof))
                        .isFalse();
            }
        }
    }

    @Test
    void provesEveryOlderTreeConsistentAndNoOtherRoot() {
        var tree = tree(70);

        for (var to = 1; to <= 70; to++) {
            for (var from = 1; from <= to; from++) {
                var proof = tree.consistencyProof(from, to);
                assertThat(MerkleProof.consistent(tree.head(from), tree.head(to), proof))
                        .isTrue();
                assertThat(MerkleProof.consistent(new TreeHead(from, leaf(from)), tree.head(to), proof))
                        .isFalse();
            }
        }
    }

    @Test
    void refusesProofsThatAreLongerOrShorter() {
        var tree = tree(13);
        var proof = tree.inclusionProof(5, 13);
        var longer = new ArrayList<>(proof);
        longer.add(leaf(1));

        assertThat(MerkleProof.includes(leaf(5), 5, tree.head(), longer)).isFalse();
        assertThat(MerkleProof.includes(leaf(5), 5, tree.head(), proof.subList(1, proof.size())))
                .isFalse();
        assertThat(MerkleProof.includes(leaf(5), 5, tree.head(), proof)).isTrue();
    }

    @Test
    void refusesToProveWhatNeverWas() {
        var tree = tree(3);

        assertThatThrownBy(() -> tree.inclusionProof(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistencyProof(0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.head(4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static MerkleTree tree(int size) {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static Sha256Digest leaf(int i) {
        return MerkleTree.leafHash(Bytes.utf8("entry " + i));
    }
}
