package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ciphertext that is not the one that the manifest names, and queries that no data could answer. */
@Timeout(30)
class DamagedDataTest {
    private static final Scene SCENE = Scene.create();
    private static final List<String> CODES = List.of("DATASET_DAMAGED", "DATA_UNREADABLE");

    static IntStream places() {
        var size = SCENE.data().getFirst().ciphertext().length;
        var random = new Random(20_261_123);
        return IntStream.concat(
                IntStream.of(0, 23, 24, 55, 56, size - 1),
                random.ints(10, 0, size).sorted());
    }

    @ParameterizedTest(name = "at byte {0}")
    @MethodSource("places")
    void givesNothingForAChangedByte(int place) throws Exception {
        var changed = SCENE.data().getFirst().ciphertext().clone();
        changed[place] ^= 0x10;
        var host = new TestRun(SCENE).against(h -> h.store("customers", changed), (asked, h) -> h.honestly(asked));

        requireDamaged(host);
    }

    @Test
    void givesNothingForTheOtherPartysCiphertext() throws Exception {
        var host = new TestRun(SCENE)
                .against(
                        h -> {
                            h.store("customers", SCENE.data().get(1).ciphertext());
                            h.store("exposures", SCENE.data().get(0).ciphertext());
                        },
                        (asked, h) -> h.honestly(asked));

        assertThat(host.ending().filter(Ending.Delivered.class::isInstance)).isEmpty();
    }

    @Test
    void givesNothingWhereTheOwnerSwapsItsCiphertextUnderOneManifest() throws Exception {
        var second = SCENE.equivocation();
        assertThat(second.ciphertext()).hasSameSizeAs(SCENE.data().getFirst().ciphertext());
        assertThat(second.ciphertext()).isNotEqualTo(SCENE.data().getFirst().ciphertext());

        var host = new TestRun(SCENE)
                .against(h -> h.store("customers", second.ciphertext()), (asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "DATA_UNREADABLE"));
        assertThat(host.calls()).doesNotContain("deliver");
    }

    @ParameterizedTest(name = "{0} bytes more than asked for")
    @ValueSource(ints = {-1, 1})
    void endsTheRunOverAReadOfAnotherLength(int more) throws Exception {
        var host = new TestRun(SCENE).against((asked, h) -> {
            if (asked.call().equals("read")) {
                var length = (int) asked.fields().integer("length", 1, 4 << 20) + more;
                asked.send(Cbor.map().put("data", Bytes.copyOf(new byte[length])));
            } else {
                h.honestly(asked);
            }
        });

        assertThat(host.ending()).contains(new Ending.Ended("failed", "CHANNEL_BROKEN"));
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    @Test
    void refusesADatasetWithOtherColumnsThanThePolicyBeforeAnyoneIsAsked() throws Exception {
        var scene = Scene.create();
        var other = scene.withAnotherColumn();
        var host = new TestRun(scene)
                .against(
                        h -> h.handed = h.handed
                                .withManifests(List.of(
                                        other.sign(scene.room().retailer().steward()),
                                        h.handed.manifests().get(1)))
                                .withRunRequest(scene.request(other)
                                        .sign(scene.room().publisher().run())),
                        (asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "SCHEMA_MISMATCH"));
        assertThat(host.calls()).doesNotContain("prepare");
    }

    @Test
    void refusesAQueryThatTheEngineCannotRunBeforeAnyoneIsCharged() throws Exception {
        var scene = Scene.with(DamagedDataTest::withBoundsTooWide);
        var host = new TestRun(scene).against((asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "NOISE_UNSUPPORTED"));
        assertThat(host.calls()).doesNotContain("prepare", "commit", "read");
    }

    private static void requireDamaged(ScriptedHost host) {
        var ending = (Ending.Ended) host.ending().orElseThrow();
        assertThat(ending.outcome()).isEqualTo("refused");
        assertThat(ending.code()).isIn(CODES);
        assertThat(host.calls()).doesNotContain("deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    private static PolicyBundle withBoundsTooWide(PolicyBundle bundle) {
        List<Dataset> datasets = new ArrayList<>();
        for (var dataset : bundle.datasets()) {
            datasets.add(new Dataset(
                    dataset.id(),
                    dataset.owner(),
                    dataset.lineage(),
                    dataset.privacyUnit(),
                    dataset.columns().stream().map(DamagedDataTest::widened).toList()));
        }
        return new PolicyBundle(
                bundle.room(),
                bundle.name(),
                bundle.purpose(),
                bundle.version(),
                bundle.previous(),
                bundle.validFrom(),
                bundle.validUntil(),
                bundle.referenceValues(),
                bundle.log(),
                bundle.parties(),
                datasets,
                bundle.privacy(),
                bundle.templates());
    }

    private static Column widened(Column column) {
        if (!column.name()
                .equals(SampleTemplates.ref(SampleTemplates.CUSTOMERS, "spend").column())) {
            return column;
        }
        var wide = new Bounds(new BigDecimal("-90000000000000000"), new BigDecimal("90000000000000000"));
        return new Column(
                column.name(),
                column.role(),
                column.type(),
                column.domain(),
                Optional.of(wide),
                column.normalisation());
    }
}
