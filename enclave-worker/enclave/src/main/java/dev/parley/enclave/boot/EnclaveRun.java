package dev.parley.enclave.boot;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run, from the door to the receipt. */
final class EnclaveRun {
    /** What passes when it is tried again; every other code of a broker or of the host is final. */
    private static final Set<String> TRANSIENT = Set.of(
            "BROKER_UNREACHABLE",
            "OPERATOR_UNREACHABLE",
            "HOST_TIMEOUT",
            "CHANNEL_BROKEN",
            "CHALLENGE_UNKNOWN",
            "RESERVATION_LAPSED",
            "TOO_MANY_REQUESTS");

    private final Host host;
    private final SecurityModule securityModule;
    private final SecureRandom random;

    EnclaveRun(Host host, SecurityModule securityModule, SecureRandom random) {
        this.host = host;
        this.securityModule = securityModule;
        this.random = random;
    }

    /** Ends with a delivery, or with a code that the host is told. */
    void run() throws HostError, InterruptedException {
        try (var admitted = new Intake(host, securityModule, random).admit()) {
            var slots = new Slots(admitted.configuration().slot(), System::nanoTime);
            var result = analyse(admitted);
            new Delivery(host, securityModule).deliver(result.canonical(), admitted, slots);
        } catch (RunEnded e) {
            host.end(e.outcome().text(), e.code());
        } catch (HostError e) {
            var outcome = TRANSIENT.contains(e.code()) ? RunEnded.Outcome.FAILED : RunEnded.Outcome.REFUSED;
            host.end(outcome.text(), e.code());
        } catch (IOException | Malformed e) {
            host.end(RunEnded.Outcome.FAILED.text(), "PLATFORM_FAILED");
        }
    }

    private ReleasedResult analyse(Admitted admitted) throws RunEnded, HostError {
        List<OpenedDataset> opened = new ArrayList<>();
        try (var seeds = seeds(admitted)) {
            for (var manifest : admitted.run().manifests()) {
                opened.add(OpenedDataset.open(host, manifest, admitted.keys()));
            }
            var result = new Analysis(settings(admitted.configuration())).run(task(admitted, opened), seeds);
            host.step(Host.Step.JOINED);
            // The root covers every byte: an owner who swapped its ciphertext under one manifest gets nothing out.
            for (var dataset : opened) {
                dataset.requireWholeCiphertext();
            }
            host.step(Host.Step.GUARDED);
            return result;
        } catch (EngineFailure e) {
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

    private static Seeds seeds(Admitted admitted) {
        var secrets = admitted.keys().seeds().stream()
                .map(seed -> seed.exportSecret())
                .toList();
        try {
            return Seeds.copyOf(secrets);
        } finally {
            secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }
}
