/** Whole runs of the enclave against an honest host and against hostile ones. */
@NullMarked
package dev.parley.enclave.boot;

import org.jspecify.annotations.NullMarked;
