/**
 * Where secrets rest between their release and their use: memory that the kernel takes out of its own view of the
 * machine, so that neither another process of any user nor a dump can read it. Knows sizes and nothing of what it keeps;
 * believes the kernel.
 */
@NullMarked
package dev.parley.enclave.memory;

import org.jspecify.annotations.NullMarked;
