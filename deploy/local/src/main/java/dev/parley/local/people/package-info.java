/**
 * Invented people for a room: what a retailer and a publisher would each hold about them, written the careless way that
 * real files are, and the true answer that no party of a real room could know. The same seed gives the same people.
 */
@NullMarked
package dev.parley.local.people;

import org.jspecify.annotations.NullMarked;
