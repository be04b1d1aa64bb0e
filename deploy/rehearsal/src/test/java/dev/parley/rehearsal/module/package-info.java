/** The enclave's way to its security module and the simulated module itself, put together as neither knows the other. */
@NullMarked
package dev.parley.rehearsal.module;

import org.jspecify.annotations.NullMarked;
