package dev.parley.simulator.sandbox;

import java.util.Arrays;
import java.util.Optional;

/**
 * The layers of an enclave's isolation, {@code docs/spec/isolation.md} §1, in the order in which a level names those
 * that are missing. Each is enforced by the kernel, and each is tried before the platform starts.
 */
public enum Layer {
    NAMESPACES("namespaces", "user, pid, net, mount, ipc and uts namespaces of its own", false),
    OUTER_FILTER("outer-filter", "system call filter from the program's first instruction on", true),
    INNER_FILTER("inner-filter", "stricter filter before the first line of the measured program", false),
    DROPPED_PRIVILEGES("dropped-privileges", "no capability, and no way to gain one", false),
    READ_ONLY_ROOT("read-only-root", "sees the image and its door, can write nothing, no /tmp", false),
    UNDUMPABLE("undumpable", "belongs to root in /proc, not to its user", false),
    CORE_DUMPS_OFF("core-dumps-off", "leaves no core dump", false),
    ATTACH_OFF("attach-off", "no debugger port of the JVM, no performance data in files", false),
    LIMITS("limits", "processor time, private memory and descriptors are limited", false),
    DEDICATED_USER("dedicated-user", "a user of its own, with a limit of threads", true),
    CONTROL_GROUP("control-group", "a control group limits all memory, shared memory too, and all threads", true),
    SECRET_MEMORY("secret-memory", "the kernel has memory that no one else can map", true);

    private static final String MISSING = "no-";

    private final String name;
    private final String text;
    private final boolean acceptable;

    Layer(String name, String text, boolean acceptable) {
        this.name = name;
        this.text = text;
        this.acceptable = acceptable;
    }

    /** As the control protocol names it. */
    public String wireName() {
        return name;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** The level of a platform that lacks this layer alone; what an operator accepts it by. */
    public String missing() {
        return MISSING + name;
    }

    /** Whether an operator may accept that it is missing; a sandbox without the others is none. */
    public boolean mayBeMissing() {
        return acceptable;
    }

    /** Reads {@link #missing()} of a layer that may be missing. */
    public static Optional<Layer> acceptedBy(String level) {
        return Arrays.stream(values())
                .filter(layer -> layer.acceptable && layer.missing().equals(level))
                .findFirst();
    }
}
