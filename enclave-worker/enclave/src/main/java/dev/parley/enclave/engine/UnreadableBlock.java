package dev.parley.enclave.engine;

/** A block that does not open or is not formed as specified. Says no more: see {@link EngineFailure}. */
public final class UnreadableBlock extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableBlock() {
        super("a block of a sealed dataset is unreadable", null, false, false);
    }
}
