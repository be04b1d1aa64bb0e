package dev.parley.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.JsonEdit;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyBundleTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());
    private static final PolicyBundle BUNDLE = ROOM.bundle();

    @Test
    void readsWhatItPrints() throws Malformed {
        var read = PolicyBundle.parse(BUNDLE.canonical());

        assertThat(read).isEqualTo(BUNDLE);
        assertThat(read.canonical()).isEqualTo(BUNDLE.canonical());
        assertThat(read.digest()).isEqualTo(BUNDLE.digest());
    }

    @Test
    void findsItsPartsByName() {
        assertThat(BUNDLE.party(new PartyId("retailer"))).isPresent();
        assertThat(BUNDLE.party(new PartyId("nobody"))).isEmpty();
        assertThat(BUNDLE.dataset(dev.parley.policy.sample.SampleTemplates.CUSTOMERS))
                .map(Dataset::source)
                .contains("datasets/customers.yaml");
        assertThat(BUNDLE.template(BUNDLE.templates().getFirst().id())).isPresent();
    }

    @Test
    void isFollowedByTheNextVersionThatNamesItsDigest() throws Malformed {
        var json = JsonEdit.set(BUNDLE.json(), "version", Json.of(2));

        var next = parse(JsonEdit.set(json, "previous", Json.of(BUNDLE.digest().hex())));
        var other = parse(JsonEdit.set(json, "previous", Json.of(next.digest().hex())));

        assertThat(next.follows(BUNDLE)).isTrue();
        assertThat(other.follows(BUNDLE)).isFalse();
        assertThat(BUNDLE.follows(BUNDLE)).isFalse();
    }

    @Test
    void refusesSetsInAnotherOrder() {
        var parties =
                ((Json.Arr) JsonEdit.get(BUNDLE.json(), "parties")).items().reversed();

        var bad = JsonEdit.set(BUNDLE.json(), "parties", new Json.Arr(List.copyOf(parties)));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class).hasMessageContaining("canonical");
    }

    @ParameterizedTest
    @CsvSource({
        "parley, policy-bundle/2",
        "room, Retail Media",
        "name, ' padded'",
        "validUntil, 2025-01-01T00:00:00Z",
        "validFrom, 2026-01-01",
        "previous, 00",
        "datasets/0/owner, nobody",
        "datasets/0/lineage, readers",
        "datasets/0/privacyUnit, spend",
        "datasets/0/columns/1/name, email",
        "datasets/0/columns/1/role, measure",
        "datasets/0/columns/1/type, whole",
        "datasets/0/columns/0/role, filter",
        "datasets/0/columns/0/normalisation, Not A Profile",
        "datasets/0/columns/1/normalisation, email",
        "datasets/0/columns/3/bounds/min, 5000",
        "datasets/0/columns/3/bounds/min, 0.001",
        "datasets/0/columns/3/bounds/max, 1e9",
        "datasets/0/columns/3/bounds/max, 999999999999999999",
        "datasets/1/id, customers",
        "privacy/0/party, nobody",
        "privacy/0/party, retailer",
        "privacy/0/thresholds/0/dataset, nothing",
        "privacy/0/budgets/0/lineage, shoppers",
        "privacy/0/budgets/0/period, month",
        "privacy/0/modes, dp",
        "templates/0/runners/0, nobody",
        "templates/0/mode, rows",
        "templates/0/id, totals",
        "templates/0/sql, ''",
        "parties/0/broker, ftp://example.org",
        "parties/0/broker, /relative",
        "parties/0/broker, http://user@example.org",
        "parties/0/keys/0/use, run",
        "parties/0/keys/0/role, board",
        "parties/0/keys/0/id, legal",
        "log/origin, two words",
        "log/key, AAAA",
        "referenceValues/trustDomain, aws",
        "surplus, 1"
    })
    void refusesABundleThatContradictsItself(String path, String value) {
        var bad = JsonEdit.set(BUNDLE.json(), path, Json.of(value));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "version, 2",
        "version, 0",
        "privacy/0/thresholds/0/people, 1",
        "privacy/0/perRun/maxMicroEpsilon, 20000001",
        "privacy/0/perRun/maxMicroEpsilon, 0",
        "privacy/0/budgets/0/microEpsilon, 20000001",
        "privacy/0/budgets/0/microEpsilon, -1",
        "privacy/0/repeats/maxExecutionsPerQuery, 0",
        "templates/0/maxMicroEpsilon, 1",
        "templates/1/maxMicroEpsilon, 0",
        "templates/1/maxMicroEpsilon, 20000001",
        "parties/0/quorum/legal, 2",
        "parties/0/quorum/legal, 0",
        "parties/0/quorum/board, 1"
    })
    void refusesNumbersBeyondTheFloors(String path, long value) {
        var bad = JsonEdit.set(BUNDLE.json(), path, Json.of(value));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesTheMeasurementOfADebugEnclave() {
        var bad = JsonEdit.set(BUNDLE.json(), "referenceValues/measurements/0/pcr0", Json.of("0".repeat(96)));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class).hasMessageContaining("debug");
    }

    @Test
    void refusesAKeyThatAnotherRootEndorsed() {
        var stranger = ROOM.retailer();
        var key = BUNDLE.party(ROOM.publisher().id())
                .orElseThrow()
                .keys(KeyUse.RUN)
                .getFirst();

        var endorsed =
                stranger.key(KeyUse.RUN, "run", Optional.empty(), key.key()).endorsement();
        var bad = JsonEdit.set(BUNDLE.json(), "parties/0/keys/3/endorsement", Json.of(endorsed.compact()));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class).hasMessageContaining("not endorsed");
    }

    @Test
    void refusesAnEndorsementForAnotherUse() {
        var publisher = ROOM.publisher();
        var key = BUNDLE.party(publisher.id()).orElseThrow().keys(KeyUse.RUN).getFirst();

        var endorsed =
                publisher.key(KeyUse.BROKER, "run", Optional.empty(), key.key()).endorsement();
        var bad = JsonEdit.set(BUNDLE.json(), "parties/0/keys/3/endorsement", Json.of(endorsed.compact()));

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class).hasMessageContaining("another party, use");
    }

    @Test
    void refusesOnePersonInTwoRoles() {
        var publisher = ROOM.publisher();
        var person = new PartyKey.Key.Verification(publisher.compliance().verificationKey());

        var bad = JsonEdit.set(
                BUNDLE.json(),
                "parties/0/keys/1",
                publisher
                        .key(KeyUse.APPROVER, "legal", Optional.of("legal"), person)
                        .json());

        assertThatThrownBy(() -> parse(bad)).isInstanceOf(Malformed.class).hasMessageContaining("twice");
    }

    private static PolicyBundle parse(Json.Obj json) throws Malformed {
        return PolicyBundle.parse(json.canonical());
    }
}
