/**
 * Starts the program of an image where it sees nothing of the machine but two sockets: bubblewrap where it is installed,
 * util-linux's unshare otherwise, both under the image's own system call filter. Trusts the kernel and those tools;
 * refuses to start a program unprotected. Sees what is in the image, and never what the program says.
 */
@NullMarked
package dev.parley.simulator.sandbox;

import org.jspecify.annotations.NullMarked;
