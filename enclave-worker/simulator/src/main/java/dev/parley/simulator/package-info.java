/**
 * The simulated Nitro platform as a process: it is started with an image, launches enclaves from it on request and ends
 * them with the connection that asked. What it promises and what it cannot is said in {@code SECURITY.md}: it protects
 * from everyone on the machine but root. Sees ciphertext pass by at most; holds the installation's simulated root.
 */
@NullMarked
package dev.parley.simulator;

import org.jspecify.annotations.NullMarked;
