/** Tests of what tells two images apart. */
@NullMarked
package dev.parley.image.compare;

import org.jspecify.annotations.NullMarked;
