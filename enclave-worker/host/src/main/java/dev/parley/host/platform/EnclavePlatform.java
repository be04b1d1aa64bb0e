package dev.parley.host.platform;

import java.io.IOException;

/** Launches enclaves of one measured image. */
public interface EnclavePlatform {
    /** Boots a fresh enclave and waits until it has come to its door. */
    LaunchedEnclave launch() throws IOException;
}
