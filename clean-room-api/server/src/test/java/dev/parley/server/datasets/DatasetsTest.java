package dev.parley.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.protocol.wire.VersionState;
import dev.parley.server.testing.Api;
import dev.parley.server.testing.SealedSample;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DatasetsTest {
    @Test
    void takesUpAManifestOnce() {
        var sealed = SealedSample.customers(TestRoom.active());

        var first = sealed.announce();
        var again = sealed.announce();

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        var view = first.read(DatasetVersionView::read);
        assertThat(view.manifestDigest()).isEqualTo(sealed.manifest().digest().hex());
        assertThat(view.state()).isEqualTo(VersionState.AWAITING_UPLOAD);
    }

    @Test
    void showsEveryPartyOfTheRoomWhatIsThere() {
        var room = TestRoom.sharedWithData();

        var datasets = room.publisher()
                .get(room.path() + "/datasets")
                .read(DatasetList::read)
                .datasets();

        assertThat(datasets).hasSize(2);
        var customers = datasets.getFirst();
        assertThat(customers.owner()).isEqualTo("retailer");
        assertThat(customers.versions().getFirst().state()).isEqualTo(VersionState.READY);
        assertThat(customers.versions().getFirst().manifest()).startsWith("ey").contains(".");
    }

    @Test
    void refusesAnotherManifestForAVersionAndAVersionTooFarAhead() {
        var room = TestRoom.active();
        var sealed = SealedSample.customers(room);
        TestRoom.expect(201, sealed.announce());
        var elsewhere = SealedSample.customers(TestRoom.active());

        var third = SealedSample.customers(room, 3);
        var foreign = sealed.owner()
                .post(sealed.path() + "/versions", Api.JOSE, elsewhere.signed().compact());

        assertThat(third.announce().problem()).isEqualTo("422 DATASET_VERSION_NOT_NEXT");
        assertThat(foreign.problem()).isEqualTo("422 MANIFEST_MISMATCH");
        assertThat(SealedSample.customers(room, 2).announce().status()).isEqualTo(201);
    }

    @Test
    void refusesAManifestThatNoStewardOfTheOwnerSigned() {
        var room = TestRoom.active();
        var sealed = SealedSample.customers(room);
        var byRunKey = sealed.manifest().sign(room.sample().retailer().run());
        var byOther = sealed.manifest().sign(room.sample().publisher().steward());

        for (var jws : new String[] {byRunKey.compact(), byOther.compact()}) {
            assertThat(sealed.owner()
                            .post(sealed.path() + "/versions", Api.JOSE, jws)
                            .problem())
                    .isEqualTo("422 WRONG_SIGNATURE");
        }
    }

    @Test
    void refusesAManifestWhileNoPolicyIsActive() {
        var room = TestRoom.unpublished();
        room.retailer().post(room.path() + "/policies", Api.JSON, room.bundle().canonical());

        assertThat(SealedSample.customers(room).announce().problem()).isEqualTo("422 POLICY_NOT_ACTIVE");
    }

    @Test
    void givesHostsTheCiphertextByRange() {
        var room = TestRoom.sharedWithData();
        var sealed = SealedSample.customers(room);
        var host = Api.as(Token.host());
        var size = sealed.ciphertext().size();

        var whole = host.get(sealed.ciphertextPath());
        var part = host.get(sealed.ciphertextPath(), "Range", "bytes=100-199");
        var tail = host.get(sealed.ciphertextPath(), "Range", "bytes=-10");
        var beyond = host.get(sealed.ciphertextPath(), "Range", "bytes=" + size + "-");

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(sealed.ciphertext());
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(sealed.part(100, 200));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100-199/" + size);
        assertThat(tail.body()).isEqualTo(sealed.part(size - 10, size));
        assertThat(beyond.problem()).isEqualTo("416 RANGE_NOT_SATISFIABLE");
    }

    @Test
    void givesCiphertextToHostsAlone() {
        var room = TestRoom.sharedWithData();
        var sealed = SealedSample.customers(room);

        assertThat(sealed.owner().get(sealed.ciphertextPath()).problem()).isEqualTo("403 FORBIDDEN");
        assertThat(Api.as(Token.host())
                        .get(sealed.path() + "/versions/9/ciphertext")
                        .problem())
                .isEqualTo("404 NOT_FOUND");
    }
}
