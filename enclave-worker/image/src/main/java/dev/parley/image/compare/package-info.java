/**
 * What tells two images apart, down to the entries of a jar, and which registers change because of it. Trusts neither
 * image; sees public bytes only.
 */
@NullMarked
package dev.parley.image.compare;

import org.jspecify.annotations.NullMarked;
