/** The door, and what a host can do to it. */
@NullMarked
package dev.parley.enclave.channel;

import org.jspecify.annotations.NullMarked;
