package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Handed;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.ReleaseBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host hands in other settings than it tells the parties, or settings that nobody foresaw. */
@Tag("ATT-10")
@DisplayName("ATT-10: an altered configuration")
@Timeout(60)
class ConfigurationAttackTest {
    private static final Scene SCENE = Scene.create();
    private static final Json.Obj USUAL = Handed.configuration(100, 2, 256);

    /** Each setting altered, the others as usual. */
    static Stream<Json.Obj> altered() {
        return Stream.of(
                Handed.configuration(101, 2, 256),
                Handed.configuration(100, 1, 256),
                Handed.configuration(100, 2, 257));
    }

    /** The other digest is in the evidence; the answer is the same. */
    @ParameterizedTest
    @MethodSource("altered")
    void showsInTheEvidenceAndChangesNoAnswer(Json.Obj altered) throws Exception {
        List<PrepareRequest> prepared = new ArrayList<>();
        var host = new TestRun(SCENE).against(h -> h.handed = h.handed.withConfiguration(altered), (asked, h) -> {
            if (asked.call().equals("prepare")) {
                prepared.add(PrepareRequest.parse(asked.fields().octets("body")));
            }
            h.honestly(asked);
        });

        assertThat(prepared).hasSize(2).allSatisfy(request -> {
            assertThat(userData(request)).isEqualTo(binding(host, altered)).isNotEqualTo(binding(host, USUAL));
            assertThat(request.configuration()).isEqualTo(altered);
        });
        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
    }

    /** The enclave runs with the altered one; the brokers are shown the usual one. */
    @ParameterizedTest
    @MethodSource("altered")
    void cannotBeHiddenFromABroker(Json.Obj altered) throws Exception {
        var host = new TestRun(SCENE).against(h -> h.handed = h.handed.withConfiguration(altered), (asked, h) -> {
            if (asked.call().equals("prepare")) {
                var shown = showing(USUAL, asked.fields().octets("body"));
                var question = Cbor.map()
                        .put("party", asked.fields().text("party"))
                        .put("body", shown)
                        .build();
                h.honestly(new ScriptedHost.Asked(asked.id(), asked.call(), question, asked.out(), asked.door()));
            } else {
                h.honestly(asked);
            }
        });

        assertThat(host.ending()).contains(new Ending.Ended("refused", "BINDING_MISMATCH"));
        assertThat(host.calls()).doesNotContain("commit", "read", "deliver");
    }

    @Test
    void aSettingThatNobodyForesawStartsNoRun() throws Exception {
        for (var name : List.of("logLevel", "debug", "javaOptions", "PARLEY_LOG_LEVEL")) {
            var members = new java.util.LinkedHashMap<>(USUAL.members());
            members.put(name, Json.of("TRACE"));
            var host = new TestRun(SCENE)
                    .against(
                            h -> h.handed = h.handed.withConfiguration(new Json.Obj(members)),
                            (asked, h) -> h.honestly(asked));

            assertThat(host.ending()).contains(new Ending.Ended("refused", "MALFORMED_START"));
        }
    }

    private static Bytes showing(Json.Obj configuration, Bytes body) throws Exception {
        var right = PrepareRequest.parse(body);
        return new PrepareRequest(
                        right.evidence(),
                        right.runRequest(),
                        right.policy(),
                        right.manifests(),
                        configuration,
                        right.log())
                .print();
    }

    private static Bytes userData(PrepareRequest request) {
        var verdict = SCENE.platform()
                .verifier()
                .inspectAllowingDebug(new Evidence(request.evidence()), Inspection.at(Scene.NOW));
        return verdict.trusted().orElseThrow().userData().orElseThrow();
    }

    private static Bytes binding(ScriptedHost host, Json.Obj configuration) {
        var verdict =
                new RunVerifier(SCENE.bundle()).verify(host.handed.runRequest(), host.handed.manifests(), Scene.NOW);
        var run = ((RunVerdict.Accepted) verdict).run();
        var recipients = run.recipients().entrySet().stream()
                .map(r -> new ReleaseBinding.Recipient(r.getKey(), r.getValue().thumbprint()))
                .toList();
        return new ReleaseBinding(
                        run.request().digest(),
                        recipients,
                        configuration,
                        SCENE.tree().head())
                .digest()
                .bytes();
    }
}
