/**
 * A whole room, as {@code deploy/demo} starts it, put to the test: real processes, real databases, a real sandbox. What is
 * asserted here is what a party would see.
 */
@NullMarked
package dev.parley.rehearsal.room;

import org.jspecify.annotations.NullMarked;
