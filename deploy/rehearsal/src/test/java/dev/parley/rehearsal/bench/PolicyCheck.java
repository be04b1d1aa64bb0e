package dev.parley.rehearsal.bench;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.query.QueryRequest;
import dev.parley.policy.sample.SampleRoom;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast the checker decides one allowed query of the sample room. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyCheck {
    private final SampleRoom room = SampleRoom.create(new SecureRandom());
    private final PolicyBundle bundle = room.bundle();
    private final QueryRequest request = room.request();

    /** Checks the plan and merges the limits of all parties. */
    @Benchmark
    public Decision decide() {
        return PolicyChecker.check(bundle, request);
    }
}
