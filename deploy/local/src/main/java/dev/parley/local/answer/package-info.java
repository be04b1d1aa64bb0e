/**
 * The opened result beside the truth. Reads the result as its recipient does; the truth comes from whoever invented the
 * people.
 */
@NullMarked
package dev.parley.local.answer;

import org.jspecify.annotations.NullMarked;
