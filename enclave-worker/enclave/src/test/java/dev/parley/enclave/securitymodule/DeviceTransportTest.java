package dev.parley.enclave.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.enclave.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeviceTransportTest implements TransportContract {
    private static final Path DEVICE = Path.of("/dev/nsm");
    private static final String INPUT_TOO_LARGE = "a1654572726f726d496e707574546f6f4c61726765";

    private Optional<FakeDriver> driver = Optional.empty();

    @Override
    public SecurityModule.Transport connect(ScriptedModule module) throws Exception {
        return open(new FakeDriver(module));
    }

    private DeviceTransport open(FakeDriver fake) throws Exception {
        driver = Optional.of(fake);
        return DeviceTransport.open(DEVICE, fake.kernel());
    }

    @AfterEach
    void close() {
        driver.ifPresent(FakeDriver::close);
    }

    @Test
    void opensForReadingAndWritingAsksByTheOneNumberAndCloses() throws Exception {
        var fake = new FakeDriver(new ScriptedModule().answering(TransportContract.bytes(3)));

        try (var transport = open(fake)) {
            transport.exchange(TransportContract.bytes(2));
        }

        assertThat(fake.calls()).containsExactly("open /dev/nsm 80002", "ioctl 77 c0200a00", "close 77");
    }

    @Test
    void asksAgainWhenASignalCameInBetween() throws Exception {
        var module = new ScriptedModule().answering(TransportContract.bytes(3));
        var fake = new FakeDriver(module).failing(Kernel.EINTR, Kernel.EINTR);

        try (var transport = open(fake)) {
            assertThat(transport.exchange(TransportContract.bytes(2))).isEqualTo(TransportContract.bytes(3));
        }

        assertThat(module.requests()).hasSize(1);
        assertThat(fake.calls()).filteredOn(call -> call.startsWith("ioctl")).hasSize(3);
    }

    @Test
    void tellsTheDriversTooLargeAsTheModulesOwn() throws Exception {
        var fake = new FakeDriver(new ScriptedModule()).failing(FakeDriver.EMSGSIZE);

        try (var transport = open(fake)) {
            assertThat(transport.exchange(TransportContract.bytes(2)).hex()).isEqualTo(INPUT_TOO_LARGE);
        }
    }

    @Test
    void namesEveryOtherErrorByItsNumber() throws Exception {
        var fake = new FakeDriver(new ScriptedModule()).failing(5, 14, 110);

        try (var transport = open(fake)) {
            for (int error : new int[] {5, 14, 110}) {
                assertThatThrownBy(() -> transport.exchange(TransportContract.bytes(2)))
                        .isInstanceOf(IOException.class)
                        .hasMessageEndingWith("error " + error);
            }
        }
    }

    @Test
    void believesNoLengthBeyondTheBuffer() throws Exception {
        for (long by : new long[] {-10, -11, 0x3000, Long.MAX_VALUE - 10}) {
            var fake = new FakeDriver(new ScriptedModule().answering(TransportContract.bytes(10))).overstating(by);
            try (var transport = open(fake)) {
                assertThatThrownBy(() -> transport.exchange(TransportContract.bytes(2)))
                        .isInstanceOf(IOException.class);
            }
            fake.close();
            driver = Optional.empty();
        }
    }

    @Test
    void meetsTheRealKernelWhichKnowsNoSuchRequestOfAnotherDevice() throws Exception {
        try (var transport = DeviceTransport.open(Path.of("/dev/null"), Kernel.ofThisMachine())) {
            assertThatThrownBy(() -> transport.exchange(TransportContract.bytes(2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("error 25");
        }
    }

    @Test
    void saysThatADeviceIsMissingAndLeavesNoDescriptorOpen() throws Exception {
        long before = descriptors();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> DeviceTransport.open(Path.of("/dev/no-such-nsm"), Kernel.ofThisMachine()))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("error 2");
            DeviceTransport.open(Path.of("/dev/null"), Kernel.ofThisMachine()).close();
        }

        assertThat(descriptors()).isLessThan(before + 20);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
