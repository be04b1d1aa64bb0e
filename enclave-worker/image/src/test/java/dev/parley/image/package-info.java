/** Tests of the builder of images. */
@NullMarked
package dev.parley.image;

import org.jspecify.annotations.NullMarked;
