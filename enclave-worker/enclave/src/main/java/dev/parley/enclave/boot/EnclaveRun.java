package dev.parley.enclave.boot;

import dev.parley.enclave.channel.ChannelCode;
import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.engine.Analysis;
import dev.parley.enclave.engine.AnalysisTask;
import dev.parley.enclave.engine.EngineFailure;
import dev.parley.enclave.engine.EngineSettings;
import dev.parley.enclave.engine.TableSource;
import dev.parley.enclave.intake.Configuration;
import dev.parley.enclave.intake.Intake;
import dev.parley.enclave.intake.Intake.Admitted;
import dev.parley.enclave.intake.OpenedDataset;
import dev.parley.enclave.intake.RunEnded;
import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.memory.SecretMemory;
import dev.parley.enclave.privacy.ReleasedResult;
import dev.parley.enclave.privacy.Seeds;
import dev.parley.enclave.release.Delivery;
import dev.parley.enclave.release.Slots;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.policy.bundle.Dataset;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** One run, from the door to the receipt. */
final class EnclaveRun {
    private static final String ENCLAVE_FAILED = "ENCLAVE_FAILED";
    /** What passes when it is tried again; every other code of a broker or of the host is final. */
    static final Set<String> TRANSIENT = Set.of(
            "BROKER_UNREACHABLE",
            "OPERATOR_UNREACHABLE",
            "HOST_FAILED",
            ChannelCode.HOST_TIMEOUT.name(),
            ChannelCode.CHANNEL_BROKEN.name(),
            "CHALLENGE_UNKNOWN",
            "RESERVATION_LAPSED",
            // Another run showed this broker a newer head in between.
            "LOG_INCONSISTENT",
            "RATE_LIMITED",
            "INTERNAL",
            "UNAVAILABLE");

    private final Host host;
    private final SecurityModule securityModule;
    private final SecureRandom random;
    private final LongSupplier nanoTime;

    /**
     * A run that begins when the host answers with one.
     *
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    EnclaveRun(Host host, SecurityModule securityModule, SecureRandom random, LongSupplier nanoTime) {
        this.host = host;
        this.securityModule = securityModule;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Ends with a delivery, or with a code that the host is told. */
    void run() throws HostError, InterruptedException {
        try (var memory = SecretMemory.open(Kernel.ofThisMachine())) {
            var handed = host.start();
            var start = nanoTime.getAsLong();
            try (var admitted = new Intake(host, securityModule, random, memory).admit(handed)) {
                work(admitted, new Slots(start, admitted.configuration().slot(), nanoTime));
            }
        } catch (RunEnded e) {
            host.end(e.outcome().text(), e.code());
        } catch (HostError e) {
            var outcome = TRANSIENT.contains(e.code()) ? RunEnded.Outcome.FAILED : RunEnded.Outcome.REFUSED;
            host.end(outcome.text(), e.code());
        } catch (IOException | Malformed | RuntimeException e) {
            host.end(RunEnded.Outcome.FAILED.text(), ENCLAVE_FAILED);
        }
    }

    /** From the first row read, nothing is said before the next slot: when a join ends can tell of its data. */
    private void work(Admitted admitted, Slots slots)
            throws RunEnded, HostError, IOException, Malformed, InterruptedException {
        Delivery delivery;
        try {
            delivery = Delivery.of(analyse(admitted).canonical(), admitted, securityModule);
        } finally {
            slots.awaitNext();
        }
        host.step(Host.Step.JOINED);
        host.step(Host.Step.GUARDED);
        host.step(Host.Step.SEALED);
        delivery.handOver(host);
    }

    private ReleasedResult analyse(Admitted admitted) throws RunEnded, HostError {
        List<OpenedDataset> opened = new ArrayList<>();
        try {
            var seeds = Seeds.of(admitted.keys().seeds());
            for (var manifest : admitted.run().manifests()) {
                opened.add(OpenedDataset.open(host, manifest, admitted.keys()));
            }
            // Verifies the whole of each ciphertext too: an owner who swapped it under one manifest gets nothing out.
            return new Analysis(settings(admitted.configuration())).run(task(admitted, opened), seeds);
        } catch (EngineFailure e) {
            for (var dataset : opened) {
                if (dataset.trouble().isPresent()) {
                    throw dataset.trouble().get();
                }
            }
            throw RunEnded.refused(e.code().name());
        } finally {
            opened.forEach(OpenedDataset::close);
        }
    }

    private static AnalysisTask task(Admitted admitted, List<OpenedDataset> opened) {
        var run = admitted.run();
        Map<DatasetId, Dataset> datasets =
                run.bundle().datasets().stream().collect(Collectors.toMap(Dataset::id, Function.identity()));
        Map<DatasetId, TableSource> sources = new HashMap<>();
        opened.forEach(dataset -> sources.put(dataset.id(), dataset));
        return new AnalysisTask(run.query(), run.limits(), datasets, sources);
    }

    private static EngineSettings settings(Configuration configuration) {
        return new EngineSettings(configuration.engineThreads(), (long) configuration.engineMemoryMiB() << 20);
    }
}
