package dev.parley.local.room;

import dev.parley.local.process.Tool;

/** A `parley` command ended with another exit code than 0; carries what it said to people. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailed(String command, Tool.Ended ended) {
        super(command + " ended with exit code " + ended.exitCode() + ": " + said(ended));
        exitCode = ended.exitCode();
    }

    public int exitCode() {
        return exitCode;
    }

    private static String said(Tool.Ended ended) {
        var complaints = ended.complaints().strip();
        return complaints.isEmpty() ? ended.printed().strip() : complaints;
    }
}
