package dev.parley.image.launcher;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two seccomp filters as classic BPF. Both allow what {@link Syscall} lists, sockets of the family AF_UNIX and threads;
 * every other call fails with EPERM, so that libraries meet an error and not a dead process. The outer one, which is in
 * force from the first instruction of the JVM, also allows the calls that start it and that install the inner one.
 */
public final class SyscallFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;

    private static final int NUMBER_AT = 0;
    private static final int ARCHITECTURE_AT = 4;
    private static final int FIRST_ARGUMENT_AT = 16;
    private static final int SECOND_ARGUMENT_AT = 24;

    private static final int AF_UNIX = 1;
    private static final int CLONE_THREAD = 0x10000;
    private static final int[] HARMLESS_PRCTL = {15 /* set name */, 16 /* get name */, 0x53564d41 /* name a mapping */};
    private static final int[] HARMLESS_IOCTL = {
        0x541b /* bytes readable */, 0x5421 /* non-blocking */, 0xc0200a00 /* the security module's device */
    };

    private final ByteArrayOutputStream program = new ByteArrayOutputStream();
    private final boolean arm;

    private SyscallFilter(boolean arm) {
        this.arm = arm;
    }

    /** For the moments from the start of the JVM to the launcher's first line. */
    public static byte[] outer(String osArch) {
        return new SyscallFilter(isArm(osArch)).build(true);
    }

    /** For everything after. */
    static byte[] inner(String osArch) {
        return new SyscallFilter(isArm(osArch)).build(false);
    }

    static boolean isArm(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> false;
            case "aarch64", "arm64" -> true;
            default -> throw new IllegalArgumentException("no system call table for this processor");
        };
    }

    private byte[] build(boolean starting) {
        add(LOAD_WORD, 0, 0, ARCHITECTURE_AT);
        add(JUMP_IF_EQUAL, 1, 0, arm ? 0xc00000b7 : 0xc000003e);
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD_WORD, 0, 0, NUMBER_AT);
        // Numbers from here on are another table (x32) for the same calls.
        add(JUMP_IF_AT_LEAST, 0, 1, 0x40000000);
        add(RETURN, 0, 0, KILL_PROCESS);
        for (var call : Syscall.values()) {
            allow(call.number(arm));
        }
        if (starting) {
            allow(arm ? 221 : 59); // execve
            allow(arm ? 277 : 317); // seccomp
            allow(arm ? 167 : 157); // prctl
        }
        answer(435, ENOSYS); // clone3 hides its flags behind a pointer; libc falls back to clone
        allowIfSet(arm ? 220 : 56, CLONE_THREAD);
        allowArguments(arm ? 198 : 41, FIRST_ARGUMENT_AT, AF_UNIX); // socket
        allowArguments(arm ? 199 : 53, FIRST_ARGUMENT_AT, AF_UNIX); // socketpair
        allowArguments(arm ? 167 : 157, FIRST_ARGUMENT_AT, HARMLESS_PRCTL);
        allowArguments(arm ? 29 : 16, SECOND_ARGUMENT_AT, HARMLESS_IOCTL);
        add(RETURN, 0, 0, EPERM);
        return program.toByteArray();
    }

    private void allow(int number) {
        answer(number, ALLOW);
    }

    private void answer(int number, int answer) {
        if (number >= 0) {
            add(JUMP_IF_EQUAL, 0, 1, number);
            add(RETURN, 0, 0, answer);
        }
    }

    private void allowIfSet(int number, int flag) {
        add(JUMP_IF_EQUAL, 0, 4, number);
        add(LOAD_WORD, 0, 0, FIRST_ARGUMENT_AT);
        add(JUMP_IF_SET, 0, 1, flag);
        add(RETURN, 0, 0, ALLOW);
        add(RETURN, 0, 0, EPERM);
    }

    private void allowArguments(int number, int at, int... allowed) {
        add(JUMP_IF_EQUAL, 0, 2 * allowed.length + 2, number);
        add(LOAD_WORD, 0, 0, at);
        for (int value : allowed) {
            add(JUMP_IF_EQUAL, 0, 1, value);
            add(RETURN, 0, 0, ALLOW);
        }
        add(RETURN, 0, 0, EPERM);
    }

    /** One instruction: code u16, jump if true u8, jump if false u8, operand u32, in the order of the processor. */
    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) code)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(operand)
                .array());
    }
}
