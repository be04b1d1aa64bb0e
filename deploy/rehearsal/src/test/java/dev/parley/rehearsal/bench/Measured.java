package dev.parley.rehearsal.bench;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What JMH found, by the names of the benchmark methods. */
final class Measured {
    private final Collection<RunResult> results;

    private Measured(Collection<RunResult> results) {
        this.results = results;
    }

    /** Runs these classes' benchmarks, each on one thread in JVMs that see one processor. */
    static Measured on(List<Class<?>> benchmarks) throws RunnerException {
        var options = new OptionsBuilder()
                .jvmArgs("-XX:ActiveProcessorCount=1", "-Xmx1g")
                .addProfiler(ProcessorTime.class);
        benchmarks.forEach(benchmark -> options.include(benchmark.getName().replace(".", "\\.") + "\\."));
        return new Measured(new Runner(options.build()).run());
    }

    /** Operations per second of processor time. */
    double rate(String method) {
        return perProcessor(method).getScore();
    }

    /** Half the width of JMH's 99.9 % interval of {@link #rate}. */
    double error(String method) {
        return perProcessor(method).getScoreError();
    }

    /** Operations per second as the clock on the wall has it. */
    double rateByTheClock(String method) {
        return result(method).getPrimaryResult().getScore();
    }

    private Result<?> perProcessor(String method) {
        return requireNonNull(result(method).getSecondaryResults().get(ProcessorTime.LABEL));
    }

    private RunResult result(String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .findFirst()
                .orElseThrow();
    }
}
