/** Tests of the system call filters, run through an interpreter of their own. */
@NullMarked
package dev.parley.image.launcher;

import org.jspecify.annotations.NullMarked;
