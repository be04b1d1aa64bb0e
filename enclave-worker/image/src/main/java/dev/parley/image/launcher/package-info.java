/**
 * The first measured code: it makes the process that runs it unreadable, takes from it every system call that the
 * program does not need, and only then starts the program. It trusts the kernel, has no dependency but the JDK, and
 * never sees the channel. The simulator uses its filter as well, for the moments before this code runs.
 */
@NullMarked
package dev.parley.image.launcher;

import org.jspecify.annotations.NullMarked;
