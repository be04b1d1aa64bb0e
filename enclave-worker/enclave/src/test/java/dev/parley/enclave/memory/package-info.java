/** Tests of the memory that secrets rest in, with kernels that have less to give. */
@NullMarked
package dev.parley.enclave.memory;

import org.jspecify.annotations.NullMarked;
