package dev.parley.web.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.wire.HeldDataset;
import dev.parley.protocol.wire.HeldDatasetList;
import dev.parley.protocol.wire.HeldDatasetView;
import dev.parley.web.testing.Portal;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.TestKeys;
import dev.parley.web.testing.TestRoom;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The register of sealed datasets. Each test has a version of its own. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DatasetsTest {
    private static final TestRoom ROOM = TestKeys.ROOM;
    private static final AtomicInteger VERSIONS = new AtomicInteger(100);

    private final DatasetManifest manifest = ROOM.manifest(SampleTemplates.CUSTOMERS, VERSIONS.incrementAndGet());

    @BeforeEach
    void signRoom() {
        Portal.signRoom();
    }

    @Test
    void holdsAManifestWithItsWrappedKey() {
        assertThat(Portal.hold(manifest).status()).isEqualTo(201);
        assertThat(Portal.hold(manifest).status()).isEqualTo(200);

        assertThat(view().manifest()).isEqualTo(manifest.digest().digest().hex());
        assertThat(view().shreddedAt()).isNull();
    }

    @Test
    void refusesAnotherManifestForTheSameVersion() {
        Portal.hold(manifest);
        var other = ROOM.manifest(SampleTemplates.CUSTOMERS, manifest.version(), TrustDomain.AWS_NITRO);

        assertThat(Portal.hold(other).problem()).isEqualTo("409 DATASET_VERSION_TAKEN");
    }

    @Test
    void shredsAKeyForGood() {
        Portal.hold(manifest);

        assertThat(delete().status()).isEqualTo(204);
        assertThat(delete().status()).isEqualTo(204);

        assertThat(view().shreddedAt()).isNotNull();
        assertThat(Portal.hold(manifest).problem()).isEqualTo("409 DATASET_SHREDDED");
    }

    @Test
    void refusesAManifestThatItsOwnStewardDidNotSign() {
        var forged = manifest.sign(ROOM.sample.publisher().steward()).compact();
        var wrapped = Portal.held(manifest).wrappedKey();

        assertThat(put(manifest, new HeldDataset(forged, wrapped))).isEqualTo("422 WRONG_SIGNATURE");
    }

    @Test
    void refusesAKeyThatDoesNotOpenOrIsForAnotherVersion() {
        var held = Portal.held(manifest);
        var others = Portal.held(ROOM.manifest(SampleTemplates.CUSTOMERS, 99)).wrappedKey();

        assertThat(put(manifest, new HeldDataset(held.manifest(), others))).isEqualTo("422 WRAPPED_KEY_REFUSED");
        var damaged = new WrappedDatasetKey(
                manifest.sealed(),
                ROOM.keys(SampleTemplates.RETAILER).broker().wrapKey().thumbprint(),
                Bytes.copyOf(new byte[113]));
        assertThat(put(
                        manifest,
                        new HeldDataset(
                                held.manifest(), damaged.json().canonical().base64Url())))
                .isEqualTo("422 WRAPPED_KEY_REFUSED");
        assertThat(put(manifest, new HeldDataset(held.manifest(), "AAAA"))).isEqualTo("400 MALFORMED");
    }

    @Test
    void refusesAManifestForSomethingElseThanThePathOrThePolicySays() {
        var other = ROOM.manifest(SampleTemplates.CUSTOMERS, 98);
        assertThat(put(manifest, Portal.held(other))).isEqualTo("422 MANIFEST_MISMATCH");

        var strangers = lineage(manifest, "strangers");
        assertThat(put(strangers, Portal.held(strangers))).isEqualTo("422 MANIFEST_MISMATCH");
    }

    @Test
    void believesTheKeyStoresStewardBeforeThereIsABundle() {
        var early = in(manifest, new RoomId("no-bundle-yet"));
        var forged = early.sign(ROOM.sample.publisher().steward()).compact();

        assertThat(put(early, new HeldDataset(forged, Portal.held(early).wrappedKey())))
                .isEqualTo("422 WRONG_SIGNATURE");
        assertThat(Portal.hold(early).status()).isEqualTo(201);
    }

    @Test
    void letsStewardsAloneChangeIt() {
        assertThat(Portal.approver()
                        .put("PUT", Portal.path(manifest), Portal.held(manifest))
                        .problem())
                .isEqualTo("403 FORBIDDEN");
        assertThat(Portal.analyst()
                        .send("DELETE", Portal.path(manifest), BodyPublishers.noBody())
                        .problem())
                .isEqualTo("403 FORBIDDEN");
    }

    @Test
    void findsNothingToShredWhereNothingIsHeld() {
        assertThat(delete().problem()).isEqualTo("404 NOT_FOUND");
    }

    private dev.parley.web.testing.Api.Answer delete() {
        return Portal.steward().send("DELETE", Portal.path(manifest), BodyPublishers.noBody());
    }

    private static String put(DatasetManifest at, HeldDataset held) {
        return Portal.steward().put("PUT", Portal.path(at), held).problem();
    }

    private HeldDatasetView view() {
        return Portal.analyst().get("/v1/datasets").read(HeldDatasetList::read).datasets().stream()
                .filter(view -> view.version() == manifest.version()
                        && view.room().equals(manifest.room().value()))
                .findFirst()
                .orElseThrow();
    }

    private static DatasetManifest lineage(DatasetManifest m, String lineage) {
        return new DatasetManifest(
                m.sealed(), new LineageId(lineage), m.trustDomain(), m.schema(), m.ciphertext(), m.createdAt());
    }

    private static DatasetManifest in(DatasetManifest m, RoomId room) {
        return new DatasetManifest(
                new SealedVersion(room, m.dataset(), m.version(), m.party()),
                m.lineage(),
                m.trustDomain(),
                m.schema(),
                m.ciphertext(),
                m.createdAt());
    }
}
