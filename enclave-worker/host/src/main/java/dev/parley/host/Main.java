package dev.parley.host;

import dev.parley.host.carriage.RunCarrier;
import dev.parley.host.operator.AccessTokens;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.SimulatedPlatform;
import dev.parley.host.platform.WarmEnclaves;
import dev.parley.host.web.Web;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Claims one run after another until it is stopped. Exit codes: 0 stopped, 2 wrong usage. */
public final class Main {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(2);

    private Main() {}

    public static void main(String[] arguments) {
        try {
            work(Settings.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("host: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("host: cannot read the secret file");
            System.exit(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(Settings settings) throws InterruptedException {
        var web = new Web(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build());
        var tokens = new AccessTokens(web, settings.credentials(), InstantSource.system());
        var operator = new OperatorApi(web, settings.api(), tokens);
        var enclaves = WarmEnclaves.keep(new SimulatedPlatform(settings.platformSocket()), settings.warm());
        Runtime.getRuntime().addShutdownHook(new Thread(enclaves::close));
        var carrier = new RunCarrier(web, operator, enclaves);
        System.out.println("host: ready");
        while (true) {
            try {
                var claim = operator.claim(settings.name());
                if (claim.isPresent()) {
                    carrier.carry(claim.get());
                } else {
                    pause(PAUSE);
                }
            } catch (IOException | RuntimeException e) {
                // What was claimed comes back to the queue when its lease lapses: nothing is lost here.
                System.err.println("host: "
                        + (e instanceof IOException
                                ? e.getMessage()
                                : e.getClass().getName()));
                pause(PAUSE_AFTER_TROUBLE);
            }
        }
    }

    private static void pause(Duration length) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
    }
}
