package dev.parley.local.room;

import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Where a party keeps its keys: locked, in a folder of its own, with the passphrase in a file beside it. */
final class PartyKeys {
    private static final String PASSPHRASE = "keys.passphrase";

    private PartyKeys() {}

    static StateFolder folder(Domain party) throws IOException {
        return party.folder().folder("keys");
    }

    /** A real party types it; on this machine nobody would. */
    static Path passphrase(Domain party) throws IOException {
        party.folder().secret(PASSPHRASE, new SecureRandom());
        return party.folder().file(PASSPHRASE);
    }
}
