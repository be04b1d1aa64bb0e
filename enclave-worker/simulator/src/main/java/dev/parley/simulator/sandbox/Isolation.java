package dev.parley.simulator.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well an enclave is protected here.
 *
 * @param missing the layers that were tried and are not in force
 */
public record Isolation(Tool tool, Set<Layer> missing) {
    private static final String FULL = "full";

    /** What sets the sandbox up, the better first. */
    public enum Tool {
        BUBBLEWRAP("bubblewrap"),
        UNSHARE("unshare");

        private final String text;

        Tool(String text) {
            this.text = text;
        }
    }

    public Isolation {
        requireNonNull(tool);
        var ordered = EnumSet.noneOf(Layer.class);
        ordered.addAll(missing);
        missing = Collections.unmodifiableSet(ordered);
    }

    public boolean inForce(Layer layer) {
        return !missing.contains(layer);
    }

    /** The end of the platform's role and so of what PCR3 is made of ({@code docs/spec/isolation.md} §3). */
    public String level() {
        return missing.isEmpty() ? FULL : missing.stream().map(Layer::missing).collect(Collectors.joining("+"));
    }

    /** For people, and for the run's record. */
    public String text() {
        return tool.text + ", isolation " + level();
    }
}
