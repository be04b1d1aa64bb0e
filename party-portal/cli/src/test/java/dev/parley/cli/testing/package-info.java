/** What tests of the command share: a desk to type at, a room with two parties, services on loopback. */
@NullMarked
package dev.parley.cli.testing;

import org.jspecify.annotations.NullMarked;
