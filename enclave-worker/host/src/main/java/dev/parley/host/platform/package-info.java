/**
 * What launches enclaves, behind one interface: here the simulated Nitro, another process. The host gets a door to an
 * enclave and nothing else of it.
 */
@NullMarked
package dev.parley.host.platform;

import org.jspecify.annotations.NullMarked;
