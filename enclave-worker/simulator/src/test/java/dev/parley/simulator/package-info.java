/** Tests of the platform as a process. */
@NullMarked
package dev.parley.simulator;

import org.jspecify.annotations.NullMarked;
