/** Test vectors from outside, read from the folder that {@code PARLEY_VECTORS} names. For tests only. */
@NullMarked
package dev.parley.protocol.vectors;

import org.jspecify.annotations.NullMarked;
