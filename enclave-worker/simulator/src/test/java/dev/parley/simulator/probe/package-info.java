/** A program for enclaves of tests: it tries what an enclave must not be able to do, and reports over the door. */
@NullMarked
package dev.parley.simulator.probe;

import org.jspecify.annotations.NullMarked;
