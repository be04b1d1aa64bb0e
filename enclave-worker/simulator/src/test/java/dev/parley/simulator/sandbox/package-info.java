/** Tests of what a program in the sandbox can and cannot do, with real kernels and tools. */
@NullMarked
package dev.parley.simulator.sandbox;

import org.jspecify.annotations.NullMarked;
