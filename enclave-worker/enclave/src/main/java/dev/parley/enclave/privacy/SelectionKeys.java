package dev.parley.enclave.privacy;

import dev.parley.protocol.room.DatasetId;

/**
 * Keys that choose which rows and groups of a person are kept where there are more than the bounds allow. They come from
 * all seeds, so that nobody can shape data to be chosen, and do not depend on the order of rows.
 */
public final class SelectionKeys {
    private final Seeds seeds;

    private SelectionKeys(Seeds seeds) {
        this.seeds = seeds;
    }

    public static SelectionKeys of(Seeds seeds) {
        return new SelectionKeys(seeds);
    }

    /** For rows of one dataset; equal rows of two datasets get different tags. */
    public KeyedHash.Key rowsOf(DatasetId dataset) {
        return key("parley/selection/rows/1", Labels.ascii(dataset.value()));
    }

    /** For the choice among a person's groups. */
    public KeyedHash.Key people() {
        return key("parley/selection/people/1", new byte[0]);
    }

    private KeyedHash.Key key(String purpose, byte[] context) {
        return KeyedHash.Key.of(seeds.derive(purpose, context, KeyedHash.Key.SIZE));
    }
}
