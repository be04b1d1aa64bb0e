package dev.parley.host.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.Frames;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WarmEnclavesTest {
    private static final WarmEnclaves.Times QUICK = new WarmEnclaves.Times(
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(80));

    @TempDir
    private Path folder;

    private final List<Booted> booted = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean silent;
    private volatile String firstWord = "start";

    @Test
    void handsOutOneThatAskedAndBootsTheNext() throws Exception {
        try (var pool = WarmEnclaves.keep(this::boot, 1, QUICK)) {
            await(() -> pool.waiting() == 1);
            var first = pool.launch();
            await(() -> pool.waiting() == 1);

            assertThat(booted).hasSize(2);
            assertThat(first.door()).isSameAs(booted.getFirst().door());
            assertThat(call(first)).isEqualTo("start");
            assertThat(first.isolation()).isEqualTo("none, a test");
            assertThat(first.role()).contains("role/test");
        }
    }

    @Test
    void neverHandsOutTheSameTwice() throws Exception {
        try (var pool = WarmEnclaves.keep(this::boot, 3, QUICK)) {
            List<SocketChannel> doors = new CopyOnWriteArrayList<>();
            for (var i = 0; i < 20; i++) {
                var enclave = pool.launch();
                doors.add(enclave.door());
                enclave.close();
            }

            assertThat(doors).doesNotHaveDuplicates();
        }
    }

    @Test
    void anEnclaveThatDiedIsNotHandedOut() throws Exception {
        try (var pool = WarmEnclaves.keep(this::boot, 2, patient())) {
            await(() -> pool.waiting() == 2);
            booted.getFirst().inside().close();

            var given = pool.launch();

            assertThat(given.door()).isSameAs(booted.get(1).door());
            assertThat(booted.getFirst().door().isOpen()).isFalse();
        }
    }

    @Test
    void anEnclaveThatSaysMoreThanItsQuestionIsNotHandedOut() throws Exception {
        try (var pool = WarmEnclaves.keep(this::boot, 2, patient())) {
            await(() -> pool.waiting() == 2);
            booted.getFirst().inside().write(ByteBuffer.wrap(new byte[] {1}));

            assertThat(pool.launch().door()).isSameAs(booted.get(1).door());
        }
    }

    @Test
    void anEnclaveThatDiedIsReplacedWithoutBeingAskedFor() throws Exception {
        try (var pool = WarmEnclaves.keep(this::boot, 1, QUICK)) {
            await(() -> pool.waiting() == 1);
            booted.getFirst().inside().close();

            await(() -> booted.size() == 2 && pool.waiting() == 1);
            assertThat(booted.getFirst().door().isOpen()).isFalse();
        }
    }

    @Test
    void whereNoneIsReadyOneIsBootedForTheAsking() throws Exception {
        try (var off = WarmEnclaves.keep(this::boot, 0, QUICK)) {
            assertThat(off.launch().ahead().size()).isZero();
            assertThat(off.waiting()).isZero();
            assertThat(booted).hasSize(1);
        }
    }

    @Test
    void aBootThatFailsIsTriedAgainLessAndLessOften() throws Exception {
        failures.set(Integer.MAX_VALUE);
        try (var pool = WarmEnclaves.keep(this::boot, 1, QUICK)) {
            Thread.sleep(600);
            var tried = Integer.MAX_VALUE - failures.get();
            assertThat(tried).isBetween(2, 12);
            assertThatThrownBy(pool::launch).isInstanceOf(IOException.class);

            failures.set(0);
            assertThat(pool.launch().door().isOpen()).isTrue();
            await(() -> pool.waiting() == 1);
        }
    }

    @Test
    void anEnclaveThatNeverAsksIsEnded() throws Exception {
        silent = true;
        try (var pool = WarmEnclaves.keep(this::boot, 1, QUICK)) {
            await(() -> booted.size() > 1);

            assertThat(booted.getFirst().door().isOpen()).isFalse();
            assertThat(pool.waiting()).isZero();
        }
    }

    @Test
    void anEnclaveThatEndsInPlaceOfAskingIsEnded() throws Exception {
        firstWord = "end";
        try (var pool = WarmEnclaves.keep(this::boot, 1, QUICK)) {
            await(() -> booted.size() > 1);

            assertThat(booted.getFirst().door().isOpen()).isFalse();
            assertThat(pool.waiting()).isZero();
        }
    }

    @Test
    void aLaunchWaitsForTheOneThatIsNearlyThere() throws Exception {
        try (var pool = WarmEnclaves.keep(
                () -> {
                    sleep(Duration.ofMillis(200));
                    return boot();
                },
                1,
                patient())) {
            await(() -> pool.waiting() == 0);
            sleep(Duration.ofMillis(50));

            assertThat(pool.launch().ahead().size()).isPositive();
        }
    }

    @Test
    void closingEndsAllThatWait() throws Exception {
        var pool = WarmEnclaves.keep(this::boot, 3, QUICK);
        await(() -> pool.waiting() == 3);
        var used = pool.launch();

        pool.close();

        // One may have been on its way.
        await(() -> booted.stream().filter(enclave -> enclave.door().isOpen()).count() == 1);
        assertThat(used.door().isOpen()).isTrue();
        sleep(Duration.ofMillis(200));
        assertThat(booted).filteredOn(enclave -> enclave.door().isOpen()).hasSize(1);
    }

    /** One that looks at its enclaves only when asked for one. */
    private static WarmEnclaves.Times patient() {
        return new WarmEnclaves.Times(
                QUICK.boot(), QUICK.join(), Duration.ofMinutes(1), QUICK.retry(), QUICK.longestRetry());
    }

    private LaunchedEnclave boot() throws IOException {
        if (failures.get() > 0 && failures.getAndDecrement() > 0) {
            throw new IOException("no memory left");
        }
        var path = folder.resolve("door-" + System.nanoTime());
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            var inside = SocketChannel.open(UnixDomainSocketAddress.of(path));
            if (!silent) {
                var question = Cbor.map().put("id", 0).put("call", firstWord).put("protocol", "parley-enclave/1");
                new Frames(1 << 10)
                        .write(
                                Channels.newOutputStream(inside),
                                question.build().encode());
            }
            var enclave = new Booted(listener.accept(), inside);
            booted.add(enclave);
            return enclave;
        }
    }

    private record Booted(SocketChannel door, SocketChannel inside) implements LaunchedEnclave {
        @Override
        public String isolation() {
            return "none, a test";
        }

        @Override
        public Optional<String> role() {
            return Optional.of("role/test");
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private static String call(LaunchedEnclave enclave) throws Exception {
        var ahead = enclave.ahead();
        var frame = ahead.asBuffer().position(Integer.BYTES);
        return Cbor.parse(Bytes.copyOf(frame), 1).asDict().fields().text("call");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (var i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
