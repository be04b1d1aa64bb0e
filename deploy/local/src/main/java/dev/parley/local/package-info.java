/**
 * A whole room on one machine with one command, for people who want to see it work and for tests that need all of it.
 * Everything is real but the platform: the Nitro is simulated, and every screen says so.
 */
@NullMarked
package dev.parley.local;

import org.jspecify.annotations.NullMarked;
