package dev.parley.rehearsal.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.host.platform.EnclavePlatform;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import dev.parley.protocol.wire.RunClaim;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;

/** How long it takes from asking a platform for an enclave until one has taken a run: until its first step. */
final class TakenRun {
    private static final Frames FRAMES = new Frames(8 << 20);

    private TakenRun() {}

    /**
     * Times one enclave, which is ended then.
     *
     * @param claim a run as the operator handed it out
     */
    static Duration time(EnclavePlatform platform, RunClaim claim) throws IOException, Malformed {
        var start = System.nanoTime();
        try (var enclave = platform.launch()) {
            take(enclave, claim);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static void take(LaunchedEnclave enclave, RunClaim claim) throws IOException, Malformed {
        var in = new DataInputStream(new SequenceInputStream(
                new ByteArrayInputStream(enclave.ahead().toArray()), Channels.newInputStream(enclave.door())));
        var start = question(in);
        assertThat(start.text("call")).isEqualTo("start");
        var answer = answer(enclave, claim)
                .put("id", start.integer("id", 0, Long.MAX_VALUE))
                .build();
        FRAMES.write(Channels.newOutputStream(enclave.door()), answer.encode());
        var step = question(in);
        assertThat(step.text("call")).isEqualTo("step");
        assertThat(step.text("step")).isEqualTo("BOOTED");
    }

    private static CborFields question(DataInputStream in) throws IOException, Malformed {
        return Cbor.parse(FRAMES.read(in).orElseThrow(), 4).asDict().fields();
    }

    private static Cbor.Builder answer(LaunchedEnclave enclave, RunClaim claim) throws Malformed {
        return Cbor.map()
                .put("bundle", Bytes.parseBase64Url(claim.bundle()))
                .put("approvals", texts(claim.approvals()))
                .put("runRequest", claim.runRequest())
                .put("manifests", texts(claim.manifests()))
                .put("configuration", claim.configuration().canonical())
                .put("checkpoint", claim.checkpoint())
                .put("role", enclave.role().<Cbor>map(Cbor::of).orElseGet(Cbor.Null::new));
    }

    private static Cbor.Arr texts(List<String> texts) {
        return new Cbor.Arr(texts.stream().map(Cbor::of).toList());
    }
}
