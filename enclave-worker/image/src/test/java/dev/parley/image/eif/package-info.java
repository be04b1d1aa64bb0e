/** Tests of EIF files and of the texts and archives inside them. */
@NullMarked
package dev.parley.image.eif;

import org.jspecify.annotations.NullMarked;
