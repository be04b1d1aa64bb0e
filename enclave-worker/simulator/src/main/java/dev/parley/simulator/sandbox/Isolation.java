package dev.parley.simulator.sandbox;

import static java.util.Objects.requireNonNull;

/**
 * How well an enclave is protected here.
 *
 * @param dedicatedUser whether it runs as a user of its own. If not, whoever runs the platform can read its memory
 */
public record Isolation(Tool tool, boolean dedicatedUser) {
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
    }

    /** For people, and for the answer to a launch. */
    public String text() {
        return tool.text + (dedicatedUser ? ", dedicated user" : ", same user");
    }
}
