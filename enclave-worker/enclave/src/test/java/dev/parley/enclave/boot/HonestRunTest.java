package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Handed;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.policy.sample.SampleParty;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.receipt.ReceiptTerms;
import dev.parley.protocol.receipt.ReceiptVerdict;
import dev.parley.protocol.receipt.ReceiptVerifier;
import dev.parley.protocol.receipt.ResultSeal;
import dev.parley.protocol.receipt.VerifiedReceipt;
import dev.parley.protocol.room.RunRequest;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HonestRunTest {
    private static final Scene SCENE = Scene.create();

    @Test
    void deliversAReceiptAndAResultThatBothRecipientsOpen() throws Exception {
        var host = new TestRun(SCENE).against((asked, h) -> h.honestly(asked));

        var delivered = delivered(host);
        var receipt = verified(host, delivered);
        var results = SCENE.room().parties().stream()
                .map(party -> open(delivered, receipt, party))
                .toList();
        assertThat(results.get(0)).isEqualTo(results.get(1));
        requireTrueWithinNoise(results.get(0));
        assertThat(host.calls().stream().distinct())
                .containsExactly("start", "step", "challenge", "prepare", "commit", "read", "deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    @Test
    void nobodyElseOpensAResult() throws Exception {
        var host = new TestRun(SCENE).against((asked, h) -> h.honestly(asked));

        var delivered = delivered(host);
        var receipt = verified(host, delivered);
        var retailer = SCENE.room().retailer();
        var publisher = SCENE.room().publisher();
        var sealed = sealedFor(delivered, retailer);
        var stranger = OpeningKey.generate(new SecureRandom());
        assertThatThrownBy(() -> ResultSeal.open(sealed, receipt, retailer.id(), stranger))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ResultSeal.open(sealed, receipt, publisher.id(), publisher.recipient()))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ResultSeal.open(sealed, receipt, retailer.id(), publisher.recipient()))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void theSameQueryGivesTheSameBytesAndOtherSeedsOtherNoise() throws Exception {
        var first = opened(new TestRun(SCENE).against((asked, h) -> h.honestly(asked)));
        var second = opened(new TestRun(SCENE).against((asked, h) -> h.honestly(asked)));
        var reseeded =
                opened(new TestRun(SCENE, SCENE.brokersWithOtherNoise()).against((asked, h) -> h.honestly(asked)));

        assertThat(second).isEqualTo(first);
        assertThat(reseeded).isNotEqualTo(first);
    }

    @Test
    void provesThatTheLogExtendsWhatABrokerSaw() throws Exception {
        var host = new TestRun(SCENE)
                .against(
                        h -> h.brokers
                                .values()
                                .forEach(broker -> broker.lastSeen =
                                        Optional.of(SCENE.tree().head(3))),
                        (asked, h) -> h.honestly(asked));

        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
        assertThat(host.calls()).contains("consistency");
    }

    @Test
    void waitsForAHostThatIsSlowButWithinItsPatience() throws Exception {
        var host = new TestRun(SCENE).against((asked, h) -> {
            TimeUnit.MILLISECONDS.sleep(20);
            h.honestly(asked);
        });

        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
    }

    @Test
    void saysNothingButReadsBetweenTheKeysAndTheSlot() throws Exception {
        var host = new TestRun(SCENE)
                .against(
                        h -> h.handed = h.handed.withConfiguration(Handed.configuration(1_500, 1, 256)),
                        (asked, h) -> h.honestly(asked));

        var calls = host.calls();
        var joined = calls.lastIndexOf("read") + 1;
        assertThat(calls.subList(joined, calls.size())).containsExactly("step", "step", "step", "deliver");
        // The run starts a little before its first question comes, so a slot begins that much earlier.
        var sinceStart = host.times().get(joined) - host.times().getFirst();
        var intoSlot = Math.floorMod(sinceStart, 1_500_000_000L);
        assertThat(Math.min(intoSlot, 1_500_000_000L - intoSlot)).isLessThan(500_000_000L);
        assertThat(sinceStart).isGreaterThan(1_000_000_000L);
    }

    private static Ending.Delivered delivered(ScriptedHost host) {
        assertThat(host.ending()).get().isInstanceOf(Ending.Delivered.class);
        return (Ending.Delivered) host.ending().orElseThrow();
    }

    private static Bytes sealedFor(Ending.Delivered delivered, SampleParty party) {
        return Optional.ofNullable(delivered.results().get(party.id())).orElseThrow();
    }

    private static Bytes opened(ScriptedHost host) throws Exception {
        var delivered = delivered(host);
        return open(delivered, verified(host, delivered), SCENE.room().retailer());
    }

    private static Bytes open(Ending.Delivered delivered, VerifiedReceipt receipt, SampleParty party) {
        try {
            return ResultSeal.open(sealedFor(delivered, party), receipt, party.id(), party.recipient());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static VerifiedReceipt verified(ScriptedHost host, Ending.Delivered delivered) throws Exception {
        var room = SCENE.room();
        var request =
                RunRequest.read(host.handed.runRequest(), room.publisher().run().verificationKey());
        var terms = new ReceiptTerms(
                SCENE.bundle().digest(),
                request.query(),
                Map.of(
                        room.retailer().id(), room.retailer().broker().verificationKey(),
                        room.publisher().id(), room.publisher().broker().verificationKey()),
                enclave -> enclave.measurement().equals(Scene.IMAGE));
        var verdict = new ReceiptVerifier(TrustRoots.of(SCENE.platform().root()))
                .verify(delivered.receipt(), new Evidence(delivered.evidence()), terms);
        assertThat(verdict).isInstanceOf(ReceiptVerdict.Verified.class);
        var receipt = ((ReceiptVerdict.Verified) verdict).receipt();
        assertThat(receipt.receipt().role()).contains(Scene.ROLE);
        assertThat(receipt.receipt().subject().run().runRequest()).isEqualTo(request.digest());
        return receipt;
    }

    /** A hundred people of each segment saw the spring campaign. */
    private static void requireTrueWithinNoise(Bytes result) throws Malformed {
        var fields = Json.parseCanonical(result).asObject().fields();
        List<Json.Obj> rows = fields.objects("rows", HonestRunTest::people);
        assertThat(rows).hasSize(3);
        for (var row : rows) {
            var cell = row.fields();
            var value = new BigDecimal(cell.string("value"));
            var four = new BigDecimal(cell.string("halfWidth95")).multiply(BigDecimal.valueOf(4));
            assertThat(value.subtract(BigDecimal.valueOf(Scene.PEOPLE / 6)).abs())
                    .isLessThanOrEqualTo(four);
        }
    }

    private static Json.Obj people(Fields row) throws Malformed {
        row.texts("group", text -> text);
        return row.objects(
                        "cells",
                        cell -> Json.object()
                                .put("value", cell.string("value"))
                                .put("halfWidth95", cell.string("halfWidth95"))
                                .put("suppressed", cell.value("suppressed"))
                                .build())
                .getFirst();
    }
}
