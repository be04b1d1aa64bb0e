package dev.parley.host.carriage;

import dev.parley.host.broker.Brokers;
import dev.parley.host.operator.LeaseLost;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.EnclavePlatform;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.OutcomeReport.Outcome;
import dev.parley.protocol.wire.RunClaim;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Takes one claimed run through one enclave and reports how it ended. */
public final class RunCarrier {
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final HttpClient http;
    private final OperatorApi operator;
    private final EnclavePlatform platform;

    public RunCarrier(HttpClient http, OperatorApi operator, EnclavePlatform platform) {
        this.http = http;
        this.operator = operator;
        this.platform = platform;
    }

    /**
     * Carries the run to its end.
     *
     * @throws LeaseLost if another host has it by now
     */
    public void carry(RunClaim claim) throws IOException, InterruptedException {
        var renewals = Thread.ofVirtual().name("lease").start(() -> renewUntilInterrupted(claim));
        try {
            operator.report(claim, run(claim));
        } finally {
            renewals.interrupt();
        }
    }

    private OutcomeReport run(RunClaim claim) throws IOException {
        try (var enclave = platform.launch()) {
            var carriage = carriage(claim);
            Outcome outcome;
            try {
                new DoorServer(enclave.door(), carriage).serve();
                outcome = carriage.outcome().orElseGet(() -> new OutcomeReport.Failed("ENCLAVE_LOST"));
            } catch (IOException e) {
                outcome = new OutcomeReport.Failed("ENCLAVE_LOST");
            }
            return new OutcomeReport(claim.fencingToken(), outcome, enclave.isolation());
        } catch (Malformed e) {
            return new OutcomeReport(claim.fencingToken(), new OutcomeReport.Refused("MALFORMED_START"), "none");
        }
    }

    private Carriage carriage(RunClaim claim) throws Malformed {
        var bundle = PolicyBundle.parse(Bytes.parseBase64Url(claim.bundle()));
        Map<DatasetId, Integer> versions = new HashMap<>();
        for (var manifest : claim.manifests()) {
            var sealed = DatasetManifest.unverifiedClaim(Jws.parse(manifest));
            versions.put(sealed.dataset(), sealed.version());
        }
        var links = new Carriage.Links(operator, new Brokers(http, bundle));
        return new Carriage(claim, links, bundle.room().value(), versions);
    }

    private void renewUntilInterrupted(RunClaim claim) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(RENEWAL.toMillis());
                renew(claim);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew(RunClaim claim) throws InterruptedException {
        try {
            operator.renew(claim);
        } catch (IOException e) {
            // A renewal that fails is tried again; a lease that is lost shows at the report.
        }
    }
}
