package dev.parley.rehearsal.room;

import dev.parley.host.operator.AccessTokens;
import dev.parley.host.operator.AccessTokens.Credentials;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.SimulatedPlatform;
import dev.parley.host.platform.WarmEnclaves;
import dev.parley.host.web.Web;
import dev.parley.local.room.LocalRoom;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Measures how soon an enclave takes a run, cold and warm by turns, with a run that the operator handed out. */
public final class EnclaveStart {
    private static final Duration BREATH = Duration.ofMillis(300);

    private final Rehearsed rehearsed;
    private final OperatorApi operator;
    private final List<Duration> cold = new ArrayList<>();
    private final List<Duration> warm = new ArrayList<>();
    private long residentMebibytes;

    private EnclaveStart(Rehearsed rehearsed) throws Exception {
        this.rehearsed = rehearsed;
        var room = rehearsed.room();
        var endpoint = URI.create(room.logins().issuer("operator") + "/protocol/openid-connect/token");
        var secret =
                room.logins().realm("operator").clientSecret("enclave-host").reveal();
        var web = new Web(HttpClient.newHttpClient());
        var tokens = new AccessTokens(web, new Credentials(endpoint, "enclave-host", secret), InstantSource.system());
        this.operator = new OperatorApi(web, room.operator().api().address(), tokens);
    }

    /**
     * What was found.
     *
     * @param cold from asking the platform for an enclave to its first step
     * @param warm the same from a pool of one
     * @param keysReleased from a submission to the last release of keys
     * @param residentMebibytes of an enclave that waits
     */
    public record Figures(
            List<Duration> cold, List<Duration> warm, List<Duration> keysReleased, long residentMebibytes) {
        public Figures {
            cold = List.copyOf(cold);
            warm = List.copyOf(warm);
            keysReleased = List.copyOf(keysReleased);
        }

        public static Duration median(List<Duration> times) {
            return times.stream().sorted().toList().get(times.size() / 2);
        }
    }

    /** In a room made for it below this folder, with runs to the release of keys as well. */
    public static Figures measureAll(Path state, int repetitions) throws Exception {
        try (var rehearsed = Rehearsed.start(state)) {
            rehearsed.room().operator().host().stop();
            var starts = measure(rehearsed, repetitions);
            var released = KeysReleased.measure(rehearsed);
            return new Figures(starts.cold(), starts.warm(), released, starts.residentMebibytes());
        }
    }

    /** In a room whose host is not running. */
    static Figures measure(Rehearsed rehearsed, int repetitions) throws Exception {
        var start = new EnclaveStart(rehearsed);
        rehearsed.ask(LocalRoom.PUBLISHER, "reach-by-segment");
        var claim = start.operator.claim("stopwatch").orElseThrow();
        try {
            for (var i = 0; i < repetitions; i++) {
                start.measureOnce(claim);
            }
        } finally {
            var failed = new OutcomeReport.Refused("ENCLAVE_LOST");
            start.operator.report(claim, new OutcomeReport(claim.fencingToken(), failed, "none"));
        }
        return new Figures(start.cold, start.warm, List.of(), start.residentMebibytes);
    }

    private void measureOnce(RunClaim claim) throws Exception {
        var nitro = rehearsed.room().operator().nitro();
        var platform = new SimulatedPlatform(nitro.socket());
        cold.add(TakenRun.time(platform, claim));
        try (var pool = WarmEnclaves.keep(platform, 1)) {
            while (pool.waiting() == 0) {
                Thread.sleep(10);
            }
            // Whoever waits for a run has waited for longer than it takes a processor to come to rest.
            Thread.sleep(BREATH);
            residentMebibytes = Math.max(residentMebibytes, new Enclaves(nitro).residentMebibytes());
            warm.add(TakenRun.time(pool, claim));
        }
    }
}
