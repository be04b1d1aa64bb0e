package dev.parley.image.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class SyscallFilterTest {
    private static final int X86 = 0xc000003e;
    private static final int ARM = 0xc00000b7;
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int KILL = 0x80000000;

    @Test
    void allowsSocketsOfOneFamily() {
        var filter = SyscallFilter.inner("amd64");

        assertThat(run(filter, X86, 41, 1, 1)).isEqualTo(ALLOW);
        for (int family = 0; family < 50; family++) {
            if (family != 1) {
                assertThat(run(filter, X86, 41, family, 1)).isEqualTo(EPERM);
            }
        }
    }

    @Test
    void allowsThreadsAndNoProcesses() {
        var filter = SyscallFilter.inner("amd64");

        assertThat(run(filter, X86, 56, 0x3d0f00, 0)).isEqualTo(ALLOW);
        assertThat(run(filter, X86, 56, 17, 0)).isEqualTo(EPERM);
        assertThat(run(filter, X86, 57, 0, 0)).isEqualTo(EPERM);
        assertThat(run(filter, X86, 58, 0, 0)).isEqualTo(EPERM);
        assertThat(run(filter, X86, 435, 0, 0)).isEqualTo(ENOSYS);
    }

    @Test
    void startsAProgramOnlyThroughTheOuterFilter() {
        assertThat(run(SyscallFilter.outer("amd64"), X86, 59, 0, 0)).isEqualTo(ALLOW);
        assertThat(run(SyscallFilter.inner("amd64"), X86, 59, 0, 0)).isEqualTo(EPERM);
        assertThat(run(SyscallFilter.inner("amd64"), X86, 322, 0, 0)).isEqualTo(EPERM);
        assertThat(run(SyscallFilter.outer("aarch64"), ARM, 221, 0, 0)).isEqualTo(ALLOW);
        assertThat(run(SyscallFilter.inner("aarch64"), ARM, 221, 0, 0)).isEqualTo(EPERM);
    }

    @Test
    void refusesToMakeTheProcessReadableAgain() {
        var filter = SyscallFilter.inner("amd64");

        assertThat(run(filter, X86, 157, 4, 1)).isEqualTo(EPERM);
        assertThat(run(filter, X86, 157, 15, 0)).isEqualTo(ALLOW);
        assertThat(run(filter, X86, 317, 1, 0)).isEqualTo(EPERM);
    }

    @Test
    void killsWhatSpeaksAnotherTableOfCalls() {
        var filter = SyscallFilter.inner("amd64");

        assertThat(run(filter, 0x40000003, 1, 0, 0)).isEqualTo(KILL);
        assertThat(run(filter, ARM, 1, 0, 0)).isEqualTo(KILL);
        assertThat(run(filter, X86, 0x40000001, 0, 0)).isEqualTo(KILL);
    }

    @Test
    void refusesEveryCallThatItDoesNotList() {
        var filter = SyscallFilter.inner("amd64");
        var allowed = java.util.Arrays.stream(Syscall.values())
                .map(call -> call.number(false))
                .toList();

        for (int number = 0; number < 500; number++) {
            var conditional = number == 41 || number == 53 || number == 56 || number == 157 || number == 16;
            if (!conditional && number != 435) {
                assertThat(run(filter, X86, number, 0, 0))
                        .as("call %d", number)
                        .isEqualTo(allowed.contains(number) ? ALLOW : EPERM);
            }
        }
    }

    @Test
    void knowsNoOtherProcessor() {
        assertThatThrownBy(() -> SyscallFilter.outer("riscv64")).isInstanceOf(IllegalArgumentException.class);
    }

    /** What the kernel's interpreter does with the few instructions that the filters use. */
    private static int run(byte[] filter, int architecture, int number, int first, int second) {
        var program = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
        var data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number)
                .putInt(4, architecture)
                .putLong(16, first & 0xffffffffL)
                .putLong(24, second);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(8 * at);
            int operand = program.getInt(8 * at + 4);
            boolean holds = switch (code) {
                case 0x15 -> accumulator == operand;
                case 0x35 -> Integer.compareUnsigned(accumulator, operand) >= 0;
                case 0x45 -> (accumulator & operand) != 0;
                default -> false;
            };
            switch (code) {
                case 0x20 -> accumulator = data.getInt(operand);
                case 0x06 -> {
                    return operand;
                }
                default -> at += Byte.toUnsignedInt(program.get(8 * at + (holds ? 2 : 3)));
            }
        }
    }
}
