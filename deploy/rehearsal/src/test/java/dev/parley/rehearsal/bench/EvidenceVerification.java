package dev.parley.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.Verdict;
import dev.parley.protocol.attestation.VerifiedEnclave;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast a verifier judges live evidence, by what it may have seen before. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvidenceVerification {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bytes NONCE = Bytes.copyOf(new byte[32]);
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);

    /** Documents one after the other; a verifier sees each of them once. */
    @State(Scope.Thread)
    public abstract static class Documents {
        private final List<Evidence> documents;
        private AttestationVerifier verifier = PLATFORM.verifier();
        private int next;

        Documents(int count, Supplier<TestPlatform> platform) {
            documents = Stream.generate(platform)
                    .limit(count)
                    .map(EvidenceVerification::attest)
                    .toList();
        }

        Verdict<VerifiedEnclave> verifyNext() {
            if (next == documents.size()) {
                next = 0;
                // Whatever the old one remembers of these documents goes with it.
                verifier = PLATFORM.verifier();
            }
            return verify(verifier, documents.get(next++));
        }
    }

    /** Each under a leaf of its own, all leaves under the same authorities. */
    public static class NewLeaves extends Documents {
        /** Made before the clock runs. */
        public NewLeaves() {
            super(2_000, () -> PLATFORM.withNewLeaf(NOW));
        }
    }

    /** Each under certificates that are all its own, but for the root. */
    public static class NewChains extends Documents {
        /** Made before the clock runs. */
        public NewChains() {
            super(500, () -> PLATFORM.withNewChain(NOW));
        }
    }

    /** One document and one verifier. */
    @State(Scope.Thread)
    public static class Repeated {
        private final Evidence evidence = attest(PLATFORM);
        private final AttestationVerifier verifier = PLATFORM.verifier();
    }

    /** The figure that is promised: a broker that knows the platform's authorities meets an enclave it never saw. */
    @Benchmark
    public Verdict<VerifiedEnclave> newLeaf(NewLeaves documents) {
        return documents.verifyNext();
    }

    /** Nothing but the root was seen before. */
    @Benchmark
    public Verdict<VerifiedEnclave> newChain(NewChains documents) {
        return documents.verifyNext();
    }

    /** The same bytes again. */
    @Benchmark
    public Verdict<VerifiedEnclave> repeated(Repeated state) {
        return verify(state.verifier, state.evidence);
    }

    private static Evidence attest(TestPlatform platform) {
        var evidence = platform.attest(TestClaims.at(NOW)
                .nonce(NONCE)
                .publicKey(Bytes.copyOf(new byte[65]))
                .userData(Bytes.copyOf(new byte[48]))
                .build());
        assertThat(verify(platform.verifier(), evidence).trusted()).isPresent();
        return evidence;
    }

    private static Verdict<VerifiedEnclave> verify(AttestationVerifier verifier, Evidence evidence) {
        return verifier.verify(evidence, new Freshness(NONCE, NOW, Duration.ofMinutes(1)));
    }
}
