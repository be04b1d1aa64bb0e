/** Tests of the commands about images. */
@NullMarked
package dev.parley.cli.image;

import org.jspecify.annotations.NullMarked;
