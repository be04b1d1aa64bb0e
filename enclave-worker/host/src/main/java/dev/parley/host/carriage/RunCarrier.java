package dev.parley.host.carriage;

import dev.parley.host.broker.Brokers;
import dev.parley.host.operator.ApiRefused;
import dev.parley.host.operator.LeaseLost;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.EnclavePlatform;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.host.web.Web;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Takes one claimed run through one enclave and reports how it ended. */
public final class RunCarrier {
    private static final Watch.Times TIMES = new Watch.Times(Duration.ofSeconds(10), Duration.ofMinutes(15));
    private static final int REPORTS = 3;

    private final Web web;
    private final OperatorApi operator;
    private final EnclavePlatform platform;
    private final Watch.Times times;

    public RunCarrier(Web web, OperatorApi operator, EnclavePlatform platform) {
        this(web, operator, platform, TIMES);
    }

    RunCarrier(Web web, OperatorApi operator, EnclavePlatform platform, Watch.Times times) {
        this.web = web;
        this.operator = operator;
        this.platform = platform;
        this.times = times;
    }

    /**
     * Carries the run to its end.
     *
     * @throws LeaseLost if another host has it by now
     */
    public void carry(RunClaim claim) throws IOException, InterruptedException {
        try (var watch = Watch.start(operator, claim, times)) {
            var outcome = run(claim, watch);
            if (watch.leaseLost()) {
                throw new LeaseLost();
            }
            report(claim, outcome);
        }
    }

    private OutcomeReport run(RunClaim claim, Watch watch) {
        final Carriage carriage;
        try {
            carriage = carriage(claim);
        } catch (Malformed e) {
            return outcome(claim, new OutcomeReport.Refused(CarriageCode.MALFORMED_CLAIM.name()), "none");
        }
        final LaunchedEnclave enclave;
        try {
            enclave = platform.launch();
        } catch (IOException e) {
            // Said at once: the operator waits longer before every further attempt, and here the platform may recover.
            return outcome(claim, failed(CarriageCode.ENCLAVE_NOT_LAUNCHED), "none");
        }
        serve(enclave, carriage, watch);
        var ended = carriage.outcome()
                .orElseGet(() -> failed(watch.timedOut() ? CarriageCode.RUN_TIMED_OUT : CarriageCode.ENCLAVE_LOST));
        return outcome(claim, ended, enclave.isolation());
    }

    private static void serve(LaunchedEnclave launched, Carriage carriage, Watch watch) {
        try (var enclave = launched) {
            watch.over(enclave);
            carriage.boarded(enclave);
            new DoorServer(enclave, carriage).serve();
        } catch (IOException e) {
            // However the door broke: what counts is whether the enclave had said how the run ended.
        }
    }

    private static OutcomeReport outcome(RunClaim claim, OutcomeReport.Outcome outcome, String isolation) {
        return new OutcomeReport(claim.fencingToken(), outcome, isolation);
    }

    private static OutcomeReport.Outcome failed(CarriageCode code) {
        return new OutcomeReport.Failed(code.name());
    }

    /** A result that is lost here was paid for: the report is made again while the lease holds. */
    private void report(RunClaim claim, OutcomeReport report) throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                operator.report(claim, report);
                return;
            } catch (LeaseLost e) {
                throw e;
            } catch (ApiRefused e) {
                operator.report(claim, outcome(claim, failed(CarriageCode.OUTCOME_REFUSED), report.isolation()));
                return;
            } catch (IOException e) {
                if (attempt == REPORTS) {
                    throw e;
                }
                Thread.sleep(times.renewal().dividedBy(REPORTS));
            }
        }
    }

    private Carriage carriage(RunClaim claim) throws Malformed {
        var bundle = PolicyBundle.parse(Bytes.parseBase64Url(claim.bundle()));
        Map<DatasetId, Integer> versions = new HashMap<>();
        for (var manifest : claim.manifests()) {
            var sealed = DatasetManifest.unverifiedClaim(Jws.parse(manifest));
            versions.put(sealed.dataset(), sealed.version());
        }
        var links = new Carriage.Links(operator, new Brokers(web, bundle));
        return new Carriage(claim, links, bundle.room().value(), versions);
    }
}
