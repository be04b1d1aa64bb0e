/**
 * The words of a room: who and what is named, and the statements that parties sign about it before any data moves.
 * Parsing a statement proves nothing; each is believed only through its signature under a key that the policy bundle
 * names.
 */
@NullMarked
package dev.parley.protocol.room;

import org.jspecify.annotations.NullMarked;
