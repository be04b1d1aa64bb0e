/**
 * Looks for planted values wherever a run could have left them: files, databases, answers. A scanner that finds nothing
 * proves something only if it finds what is planted for it.
 */
@NullMarked
package dev.parley.rehearsal.canary;

import org.jspecify.annotations.NullMarked;
