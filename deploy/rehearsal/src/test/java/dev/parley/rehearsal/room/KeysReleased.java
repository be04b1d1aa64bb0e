package dev.parley.rehearsal.room;

import dev.parley.local.room.LocalRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Measures what a party waits for: from the operator's taking of a request to the last broker's release. */
final class KeysReleased {
    /** All that the template may be asked about: an answer is not computed twice. */
    private static final List<String> CAMPAIGNS = List.of("autumn", "spring", "summer", "winter");

    /** Longer than a host takes to have the next enclave wait. */
    private static final Duration BREATH = Duration.ofSeconds(5);

    private KeysReleased() {}

    /** In a room whose host is not running. */
    static List<Duration> measure(Rehearsed rehearsed) throws Exception {
        var operator = rehearsed.room().operator();
        var released = new AtomicReference<>(Instant.MIN);
        List<Duration> times = new ArrayList<>();
        try (var relay = DeadlyRelay.listening(operator.api().address(), (word, exchange) -> {
            if (word.equals("KEYS_RELEASED")) {
                released.set(Instant.now());
            }
        })) {
            var host = operator.host().through(relay.address());
            host.start();
            for (var campaign : CAMPAIGNS) {
                Thread.sleep(BREATH);
                var run = rehearsed.run(LocalRoom.PUBLISHER, "campaign-reach", "campaign=" + campaign);
                var submitted = Instant.parse(rehearsed.view(run).submittedAt());
                times.add(Duration.between(submitted, released.get()));
            }
            host.stop();
        }
        return times;
    }
}
