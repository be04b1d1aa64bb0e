package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.release.ReleaseBinding.Recipient;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest.Query;
import dev.parley.protocol.room.TemplateId;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A genuine enclave attested one run; its document is shown for another that differs in one thing. */
@Tag("ATT-3")
@DisplayName("ATT-3: a document made for another purpose")
class OtherPurposeAttackTest {
    private static final TestRun RUN = new TestRun();
    private static final Sha384Digest OTHER = Sha384Digest.of(Bytes.utf8("another"));

    @AfterAll
    static void stop() {
        RUN.close();
    }

    /** What the register PCR17 measures ({@code key-release.md} §3), one member after the other. */
    static Stream<Arguments> queries() {
        return Stream.of(
                query("template", q -> new Query(new TemplateId("other"), q.plan(), q.parameters(), q.datasets())),
                query("plan", q -> new Query(q.template(), with(q.plan(), "x", 1), q.parameters(), q.datasets())),
                query("parameters", q -> new Query(q.template(), q.plan(), with(q.parameters(), "x", 1), q.datasets())),
                query("no datasets", q -> new Query(q.template(), q.plan(), q.parameters(), List.of())),
                query(
                        "order of datasets",
                        q -> new Query(
                                q.template(),
                                q.plan(),
                                q.parameters(),
                                q.datasets().reversed())),
                dataset("dataset", d -> new DatasetVersion(new DatasetId("other"), d.version(), d.manifest())),
                dataset("version", d -> new DatasetVersion(d.dataset(), d.version() + 1, d.manifest())),
                dataset("manifest", d -> new DatasetVersion(d.dataset(), d.version(), OTHER)),
                image("PCR0", m -> new Measurement(OTHER, m.pcr1(), m.pcr2())),
                image("PCR1", m -> new Measurement(m.pcr0(), OTHER, m.pcr2())),
                image("PCR2", m -> new Measurement(m.pcr0(), m.pcr1(), OTHER)),
                identity("policy", i -> new QueryIdentity(i.query(), i.measurement(), new PolicyDigest(OTHER))));
    }

    @ParameterizedTest(name = "another {0}")
    @MethodSource("queries")
    void refusesARegisterOfAnotherQuery(String what, UnaryOperator<QueryIdentity> bend) throws Exception {
        var wish = RUN.wish();
        var right = new QueryIdentity(wish.request().query(), TestRoom.IMAGE, RUN.room.bundle.digest());
        var other = RunRegisters.of(RUN.room.bundle.digest(), bend.apply(right).digest());

        assertThat(other.pcr17())
                .isNotEqualTo(RunRegisters.of(RUN.room.bundle.digest(), right.digest())
                        .pcr17());
        assertThat(outcome(new TestEnclave(wish).saying(c -> c.pcr(17, other.pcr17()))))
                .isEqualTo("QUERY_NOT_MEASURED");
        assertThat(outcome(new TestEnclave(wish))).isEqualTo("OK");
    }

    /** What {@code user_data} binds ({@code key-release.md} §5), one member after the other. */
    static Stream<Arguments> bindings() {
        return Stream.of(
                binding("run request", b -> new ReleaseBinding(OTHER, b.recipients(), b.configuration(), b.logHead())),
                recipients("no recipient", r -> List.of()),
                recipients("a recipient less", r -> r.subList(0, 1)),
                recipients("a recipient twice", r -> List.of(r.getFirst(), r.getFirst())),
                recipients("another order of recipients", List::reversed),
                recipients("a recipient's key", r -> List.of(r.getFirst(), mixed(r.getLast(), r.getFirst()))),
                recipients("a recipient's name", r -> List.of(r.getFirst(), mixed(r.getFirst(), r.getLast()))),
                setting("slotMillis", 999),
                setting("engineThreads", 1),
                setting("engineMemoryMiB", 513),
                setting("logLevel", 1),
                head("size of the log", h -> new TreeHead(h.size() + 1, h.root())),
                head(
                        "root of the log",
                        h -> new TreeHead(h.size(), RUN.room.log.head(1).root())));
    }

    @ParameterizedTest(name = "another {0}")
    @MethodSource("bindings")
    void refusesABindingToSomethingElse(String what, UnaryOperator<ReleaseBinding> bend) throws Exception {
        var wish = RUN.wish();

        assertThat(outcome(new TestEnclave(wish).bound(bend))).isEqualTo("BINDING_MISMATCH");
        assertThat(outcome(new TestEnclave(wish).bound(right -> right))).isEqualTo("OK");
    }

    @Test
    void refusesARegisterOfAnotherPolicy() throws Exception {
        var successor = RUN.room.accepting(new AcceptedMeasurement(OTHER, OTHER, OTHER, SampleRoom.UNTIL));
        var others = RunRegisters.of(successor.bundle.digest(), new QueryDigest(OTHER));

        assertThat(outcome(new TestEnclave(RUN.wish()).saying(c -> c.pcr(16, others.pcr16()))))
                .isEqualTo("POLICY_NOT_MEASURED");
    }

    /** A register that the enclave left unlocked is none of the document's, and an empty field binds nothing. */
    @Test
    void refusesDocumentsThatBindNothing() throws Exception {
        var wish = RUN.wish();

        assertThat(outcome(new TestEnclave(wish).saying(c -> c.withoutPcr(16)))).isEqualTo("POLICY_NOT_MEASURED");
        assertThat(outcome(new TestEnclave(wish).saying(c -> c.withoutPcr(17)))).isEqualTo("QUERY_NOT_MEASURED");
        assertThat(outcome(new TestEnclave(wish).saying(c -> c.userData(Bytes.empty()))))
                .isEqualTo("BINDING_MISMATCH");
    }

    /** One bit of each byte of the three, in documents that a platform really signed. */
    @ParameterizedTest(name = "a bit of {0}")
    @ValueSource(strings = {"PCR16", "PCR17", "user_data"})
    void refusesEveryChangedByteOfADigest(String where) throws Exception {
        var wish = RUN.wish();
        List<String> outcomes = new ArrayList<>();

        for (var i = 0; i < Sha384Digest.SIZE; i++) {
            var at = i;
            outcomes.add(outcome(new TestEnclave(wish).saying(c -> flipped(c, where, at))));
        }

        assertThat(outcomes)
                .hasSize(48)
                .containsOnly(
                        switch (where) {
                            case "PCR16" -> "POLICY_NOT_MEASURED";
                            case "PCR17" -> "QUERY_NOT_MEASURED";
                            default -> "BINDING_MISMATCH";
                        });
    }

    private static TestClaims flipped(TestClaims claims, String where, int at) {
        var said = claims.build();
        return switch (where) {
            case "PCR16" -> claims.pcr(16, flipped(said.pcrs().at(16).orElseThrow(), at));
            case "PCR17" -> claims.pcr(17, flipped(said.pcrs().at(17).orElseThrow(), at));
            default ->
                claims.userData(flipped(new Sha384Digest(said.userData().orElseThrow()), at)
                        .bytes());
        };
    }

    private static Sha384Digest flipped(Sha384Digest digest, int at) {
        var bytes = digest.bytes().toArray();
        bytes[at] ^= (byte) (1 << at % 8);
        return new Sha384Digest(Bytes.takeOwnershipOf(bytes));
    }

    private static String outcome(TestEnclave enclave) throws Exception {
        return Outcomes.of(
                () -> RUN.retailer.broker.prepare(RUN.request(SampleTemplates.RETAILER, enclave.wish(), enclave)));
    }

    private static Arguments identity(String what, UnaryOperator<QueryIdentity> bend) {
        return arguments(what, bend);
    }

    private static Arguments query(String what, UnaryOperator<Query> bend) {
        return identity(what, i -> new QueryIdentity(bend.apply(i.query()), i.measurement(), i.policy()));
    }

    private static Arguments dataset(String what, UnaryOperator<DatasetVersion> bend) {
        return query(what, q -> {
            var datasets = new ArrayList<>(q.datasets());
            datasets.set(0, bend.apply(datasets.getFirst()));
            return new Query(q.template(), q.plan(), q.parameters(), datasets);
        });
    }

    private static Arguments image(String what, UnaryOperator<Measurement> bend) {
        return identity(what, i -> new QueryIdentity(i.query(), bend.apply(i.measurement()), i.policy()));
    }

    private static Arguments binding(String what, UnaryOperator<ReleaseBinding> bend) {
        return arguments(what, bend);
    }

    private static Arguments recipients(String what, UnaryOperator<List<Recipient>> bend) {
        return binding(
                what,
                b -> new ReleaseBinding(b.runRequest(), bend.apply(b.recipients()), b.configuration(), b.logHead()));
    }

    private static Arguments setting(String name, long value) {
        return binding(
                name,
                b -> new ReleaseBinding(
                        b.runRequest(), b.recipients(), with(b.configuration(), name, value), b.logHead()));
    }

    private static Arguments head(String what, UnaryOperator<TreeHead> bend) {
        return binding(
                what,
                b -> new ReleaseBinding(b.runRequest(), b.recipients(), b.configuration(), bend.apply(b.logHead())));
    }

    private static Recipient mixed(Recipient name, Recipient key) {
        return new Recipient(name.party(), key.key());
    }

    private static Json.Obj with(Json.Obj object, String name, long value) {
        var members = new LinkedHashMap<>(object.members());
        members.put(name, Json.of(value));
        return new Json.Obj(members);
    }
}
