/** When results may leave. */
@NullMarked
package dev.parley.enclave.release;

import org.jspecify.annotations.NullMarked;
